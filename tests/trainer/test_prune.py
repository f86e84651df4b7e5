"""Structured pruning on small random models: function, importance, tokens."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")

import torch.nn.functional as F  # noqa: E402
from tokenizers import Tokenizer, models, pre_tokenizers, trainers  # noqa: E402

from guardkit.classify.windows import Windows  # noqa: E402
from guardkit.trainer.model import Batch, Config, TinyGuardrail  # noqa: E402
from guardkit.trainer.prune import Base, encoder, measure, pieces, prune, size  # noqa: E402
from guardkit.trainer.shrink import batches  # noqa: E402
from guardkit.trainer.transfer import initialise  # noqa: E402
from guardkit.trainer.vocabulary import SPECIALS  # noqa: E402

COMMON = dict(vocab_size=300, hidden_size=64, num_hidden_layers=3, num_attention_heads=4, initializer_range=0.15)
DECODER = {**COMMON, "intermediate_size": 96, "num_key_value_heads": 2, "head_dim": 16, "tie_word_embeddings": True}


def qwen() -> Any:
    return transformers.Qwen3ForCausalLM(transformers.Qwen3Config(**DECODER))


def llama() -> Any:
    return transformers.LlamaForCausalLM(transformers.LlamaConfig(**{**DECODER, "tie_word_embeddings": False}))


def bert() -> Any:
    return transformers.BertForMaskedLM(transformers.BertConfig(**COMMON, intermediate_size=96))


@pytest.fixture(params=[qwen, llama, bert], ids=["qwen3", "llama", "bert"])
def model(request: pytest.FixtureRequest) -> Any:
    torch.manual_seed(0)
    return request.param().eval()


def read(rows: int = 6) -> list[tuple[Any, Any]]:
    random = torch.Generator().manual_seed(1)
    tokens = torch.randint(5, 100, (rows, 12), generator=random)
    mask = torch.ones_like(tokens)
    mask[0, 9:] = 0
    return [(tokens, mask)]


@torch.no_grad()
def logits(model: Any) -> Any:
    ((tokens, mask),) = read()
    return model(input_ids=tokens, attention_mask=mask).logits[mask.bool()]


def layer(model: Any, number: int) -> tuple[Any, Any, Any]:
    """The layer, the product that its heads speak through, and the one that its neurons speak through."""
    part = getattr(model, model.base_model_prefix)
    if hasattr(part, "encoder"):
        found = part.encoder.layer[number]
        return found, found.attention.output.dense, found.output.dense
    found = part.layers[number]
    return found, found.self_attn.o_proj, found.mlp.down_proj


def test_nothing_removed_changes_nothing(model: Any) -> None:
    same = prune(model, size(model.config), measure(model, read()))
    assert torch.equal(logits(same), logits(model)) and type(same) is type(model)


@torch.no_grad()
def test_what_adds_nothing_goes_first_and_nothing_changes(model: Any) -> None:
    now = size(model.config)
    heads = (2, 3) if now.keys == 2 else ()  # the second key head's queries; a BERT's heads make up its width
    neurons = torch.arange(1, 96, 3)
    for number in range(3):
        _, out, down = layer(model, number)
        for head in heads:
            out.weight[:, 16 * head : 16 * head + 16] = 0
        down.weight[:, neurons] = 0
    wanted = replace(now, heads=4 - len(heads), keys=1 if heads else 4, ffn=64)
    smaller = prune(model, wanted, measure(model, read()))
    assert torch.allclose(logits(smaller), logits(model), atol=1e-4)
    assert sum(p.numel() for p in smaller.parameters()) < sum(p.numel() for p in model.parameters())
    assert size(smaller.config) == wanted


@torch.no_grad()
def test_query_heads_go_within_the_group_of_a_key_head() -> None:
    torch.manual_seed(0)
    model = qwen().eval()
    for number, silent in enumerate(((0, 3), (1, 2), (0, 2))):  # another one per group and layer
        for head in silent:
            layer(model, number)[1].weight[:, 16 * head : 16 * head + 16] = 0
    smaller = prune(model, replace(size(model.config), heads=2), measure(model, read()))
    assert torch.allclose(logits(smaller), logits(model), atol=1e-4)


@torch.no_grad()
def test_a_layer_that_passes_its_input_on_goes_first() -> None:
    torch.manual_seed(0)
    model = llama().eval()
    for product in layer(model, 1)[1:]:
        product.weight.zero_()
    importance = measure(model, read())
    assert int(importance.layers.argmin()) == 1 and float(importance.layers[1]) < 1e-5
    smaller = prune(model, replace(size(model.config), layers=2), importance)
    assert torch.allclose(logits(smaller), logits(model), atol=1e-4)


@torch.no_grad()
def test_silent_channels_go_first_and_the_norms_keep_their_scale() -> None:
    torch.manual_seed(0)
    model = llama().eval()
    silent = torch.arange(3, 64, 4)
    model.get_input_embeddings().weight[:, silent] = 0
    for number in range(3):
        for product in layer(model, number)[1:]:
            product.weight[silent] = 0
    smaller = prune(model, replace(size(model.config), width=48), measure(model, read()))
    assert torch.allclose(logits(smaller), logits(model), atol=1e-3)


@torch.no_grad()
def test_width_and_heads_of_a_bert() -> None:
    torch.manual_seed(0)
    model = bert().eval()
    smaller = prune(model, replace(size(model.config), heads=3, keys=3, width=48), measure(model, read()))
    kept = smaller.bert.embeddings.word_embeddings.weight
    assert kept.shape == (300, 48) and torch.isfinite(logits(smaller)).all()
    old = model.bert.embeddings.word_embeddings.weight
    assert all(any(torch.equal(column, other) for other in old.T) for column in kept.T)
    with pytest.raises(ValueError, match="want the width 48"):
        prune(model, replace(size(model.config), heads=3, keys=3), measure(model, read()))


@torch.no_grad()
def test_pieces_keep_their_rows_and_tied_heads_stay_tied(model: Any) -> None:
    kept = [0, 1, 2, 3, 4, *range(50, 145)]
    smaller = prune(model, replace(size(model.config), vocabulary=100), measure(model, read()), kept)
    ((tokens, mask),) = read()
    tokens = tokens.clamp(min=50)
    place = {old: new for new, old in enumerate(kept)}
    renamed = torch.tensor([[place[int(token)] for token in row] for row in tokens])
    here = smaller(input_ids=renamed, attention_mask=mask).logits[mask.bool()]
    there = model(input_ids=tokens, attention_mask=mask).logits[mask.bool()]
    assert torch.allclose(here, there[:, kept], atol=1e-4)
    words, head = smaller.get_input_embeddings().weight, smaller.get_output_embeddings().weight
    assert (words.data_ptr() == head.data_ptr()) == bool(model.config.tie_word_embeddings)


def test_wrong_sizes_are_refused(model: Any) -> None:
    now, importance = size(model.config), measure(model, read())
    for wrong, message in (
        (replace(now, layers=4), "4 layers cannot"),
        (replace(now, head=8, heads=8, keys=8), "heads"),
        (replace(now, vocabulary=200), "300 kept pieces"),
    ):
        with pytest.raises(ValueError, match=message):
            prune(model, wrong, importance)
    with pytest.raises(ValueError, match="no text"):
        measure(model, [])


def test_an_unknown_family_is_refused() -> None:
    model = transformers.GPT2LMHeadModel(transformers.GPT2Config(n_layer=1, n_head=2, n_embd=8, vocab_size=9))
    with pytest.raises(ValueError, match="gpt2"):
        measure(model, read())


TEXTS = ["The engineer photographs bridges at noon.", "Zebras gallop; zebras rest.", "Привет, мир", "naïve café 😀"] * 5


@pytest.fixture(scope="module")
def bpe() -> str:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    letters = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(
        vocab_size=420, special_tokens=["<|endoftext|>"], initial_alphabet=letters, show_progress=False
    )
    tokenizer.train_from_iterator([*TEXTS, "unseen elephants wander through xylophone forests " * 9], trainer)
    return tokenizer.to_str()


def test_a_bpe_vocabulary_is_pruned_by_coverage(bpe: str) -> None:
    text, kept = pieces(bpe, TEXTS, 360)
    old, new = Tokenizer.from_str(bpe), Tokenizer.from_str(text)
    assert len(kept) == new.get_vocab_size() == 360
    assert list(json.loads(text)["model"]["vocab"])[:5] == list(SPECIALS)
    assert set(kept[:5]) == {old.token_to_id("<|endoftext|>")}
    names = {number: piece for piece, number in old.get_vocab().items()}
    fresh = {number: piece for piece, number in new.get_vocab().items()}
    assert all(names[kept[number]] == fresh[number] for number in range(5, 360))
    for line in TEXTS:  # every piece of these is kept, so they are cut as before
        assert new.encode(line).tokens == old.encode(line).tokens
    for line in ("elephants? ünseen [CLS] \x07", "[PAD]<|endoftext|>"):  # nothing is unknown, nothing is special
        ids = new.encode(line).ids
        assert min(ids) >= 5 and len(ids) >= len(old.encode(line).ids)
    assert Windows(text.encode()).split("The engineer rests", 1)[0].tokens[0, 0] == 2


def test_bpe_pieces_that_do_not_fit_are_refused(bpe: str) -> None:
    with pytest.raises(ValueError, match="cannot hold"):
        pieces(bpe, TEXTS, 200)
    with pytest.raises(ValueError, match="has only"):
        pieces(bpe, TEXTS, 999)
    with pytest.raises(ValueError, match="Unigram"):
        pieces(Tokenizer(models.Unigram([("a", 0.0)])).to_str(), TEXTS, 9)


def test_a_bert_is_its_own_encoder() -> None:
    torch.manual_seed(0)
    model = bert().eval()
    state = encoder(model, [], "").state
    assert torch.equal(state["encoder.layer.2.output.dense.weight"], model.bert.encoder.layer[2].output.dense.weight)
    assert all(name.startswith(("embeddings.", "encoder.")) for name in state)


@torch.no_grad()
@pytest.mark.parametrize("family", [qwen, llama])
def test_a_decoder_becomes_an_encoder_that_says_nearly_the_same(family: Any, bpe: str, tmp_path: Path) -> None:
    torch.manual_seed(0)
    model = family().eval()
    model.get_input_embeddings().weight.mul_(10)  # a stream that the layers turn, and do not replace
    encoder(model, read(200), pieces(bpe, TEXTS, 300)[0]).save(tmp_path)
    found = Base.load(tmp_path)
    assert found.size == replace(size(model.config), keys=4, ffn=192)
    config = Config(vocabulary=300, width=64, heads=4, ffn=192, fast_layers=3, deep_layers=3, expert_ffn=128)
    guard = TinyGuardrail(config)
    initialise(guard, list(range(300)), found.state)
    guard.eval()
    ((tokens, mask),) = read(12)
    zeros = torch.zeros(12, dtype=torch.long)
    state, seen = guard.embed(Batch(tokens * mask, zeros[:, None].expand(12, 40), torch.zeros(12, 64), zeros))
    state, seen = state[:, 2:], seen[:, 2:]  # without the prefix, which the base does not know
    stream = model.model(input_ids=tokens, attention_mask=mask, output_hidden_states=True).hidden_states
    for number, part in enumerate(guard.fast.layers[:2]):
        before, state = state, part(state, seen)
        goal = F.layer_norm(stream[number + 1], (64,))
        near, far = (float((x - goal)[mask.bool()].square().mean()) for x in (state, before))
        assert near < 0.8 * far, (number, near, far)


def test_batches_are_padded(bpe: str) -> None:
    text, kept = pieces(bpe, TEXTS, 300)
    ((tokens, mask),) = batches(text, ["a", "zebras rest"])
    assert tokens.shape == mask.shape and tokens[0, 0] == 2 and (tokens[mask == 0] == 0).all()
    ((old, _),) = batches(text, ["a", "zebras rest"], kept)
    assert old.tolist() == [[kept[token] for token in row] for row in tokens.tolist()]
