"""Models of several kinds, made in a moment, for the tests of what runs them."""

TEXTS = [
    "由市发展改革委牵头，市财政局、市人力资源社会保障局参与。",
    "（一）推进简政放权，3～5年内完成。",
    "到2020年，全市生产总值年均增长6.5%以上，研发投入占比达到2.5%。",
    "区（qū）关（guān）于印发的通知",
    "  前后  有   空格",
    "",
    "The tax rate for small enterprises is reduced to 20% from 1 January 2019.",
    "中华人民共和国公民在年老、疾病或者丧失劳动能力的情况下，有从国家和社会获得物质帮助的权利。" * 30,  # longer than the model takes
]
SIZES = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 64, "max_position_embeddings": 66}


def folder_of(place, kind, pooling="mean", **sizes):
    """A sentence-transformers folder of a kind of transformers model, its weights at random."""
    import torch
    import transformers
    from sentence_transformers import SentenceTransformer, models

    raw = place / "raw"
    raw.mkdir(parents=True)
    letters = sorted({letter for text in TEXTS for letter in text.lower() if letter.strip()})
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *(f"##{letter}" for letter in letters)]
    (raw / "vocab.txt").write_text("\n".join(words), "utf-8")
    transformers.BertTokenizerFast(str(raw / "vocab.txt"), model_max_length=64).save_pretrained(raw)
    torch.manual_seed(1)
    config = getattr(transformers, f"{kind}Config")(vocab_size=len(words), pad_token_id=0, **(SIZES | sizes))
    getattr(transformers, f"{kind}Model")(config).save_pretrained(raw)
    encoder = models.Transformer(str(raw))
    model = SentenceTransformer(modules=[encoder, models.Pooling(32, pooling_mode=pooling)], prompts={"query": "问 ", "passage": "答 "})
    model.save(str(place / "model"))
    return place / "model"
