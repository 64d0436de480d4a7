"""What reading documents in other formats loses of them."""
