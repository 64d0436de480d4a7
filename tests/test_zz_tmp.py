def test_s(store):
    print(store)
