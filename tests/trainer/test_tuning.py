"""More training of a release: what is chosen, what changes and what stays, and how it is put back into the graphs."""

from __future__ import annotations

import copy
from dataclasses import asdict, replace
from pathlib import Path

import click
import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")

from toy import SMALL, toy  # noqa: E402

from guardkit.classify.session import Classifier  # noqa: E402
from guardkit.trainer import stage  # noqa: E402
from guardkit.trainer.batch import collate  # noqa: E402
from guardkit.trainer.deepening import RUN as DEEPER  # noqa: E402
from guardkit.trainer.deepening import deepen, keep_shape  # noqa: E402
from guardkit.trainer.export import export  # noqa: E402
from guardkit.trainer.glancing import glance  # noqa: E402
from guardkit.trainer.loop import Run  # noqa: E402
from guardkit.trainer.manifest import write_manifest  # noqa: E402
from guardkit.trainer.model import Batch, TinyGuardrail, worst  # noqa: E402
from guardkit.trainer.restore import restore  # noqa: E402
from guardkit.trainer.stored import Stored  # noqa: E402
from guardkit.trainer.tuning import choose, losses, mix, put, tune  # noqa: E402

CONFIG = replace(SMALL, fast_layers=3, positions=64)
RUN = Run(epochs=12, batch_tokens=512, rate=2e-3, new_rate=4e-3, average=0.5)


def shipped(folder: Path, seed: int = 0) -> Path:
    torch.manual_seed(seed)
    export(TinyGuardrail(CONFIG), folder)
    (folder / "tokenizer.json").write_text("{}")
    write_manifest(folder, calibration={}, thresholds={}, training={"config": asdict(CONFIG)}, metrics={})
    return folder


def test_what_is_put_into_the_graphs_comes_back(tmp_path: Path) -> None:
    stored, random = Stored(shipped(tmp_path / "old")), torch.Generator().manual_seed(1)
    names = ("fast.layers.1.ffn.up.weight", "fast.layers.1.norm1.bias", "embedding.word.weight", "fast.mix.weight")
    values = {}
    for name in names:
        old = stored.tensor(name)
        assert old is not None and name in stored
        values[name] = torch.randn(old.shape, generator=random)
        stored.put(name, values[name])
    stored.write(tmp_path / "new")
    after = Stored(tmp_path / "new")
    for name, value in values.items():
        back = after.tensor(name)
        assert back is not None and (back - value).abs().max() <= value.abs().max() / 127, name
    untouched = "deep.layers.0.attention.out.weight"
    assert torch.equal(after.tensor(untouched), Stored(tmp_path / "old").tensor(untouched))


def test_what_does_not_fit_is_refused(tmp_path: Path) -> None:
    stored = Stored(shipped(tmp_path))
    with pytest.raises(ValueError, match=r"fast\.mix\.bias has shape \(32,\)|fast\.mix\.bias has shape"):
        stored.put("fast.mix.bias", torch.zeros(3))
    with pytest.raises(ValueError, match="no tensor fast.nothing"):
        stored.put("fast.nothing", torch.zeros(3))


def test_hard_windows_are_chosen_and_doubtful_labels_are_not_heard() -> None:
    data = toy()
    count = len(data)
    data = replace(
        data,
        label=np.zeros(count, np.int8), harmful=np.full(count, -1, np.int8), channel=np.zeros(count, np.int8),
        source=np.array(["public.a"] * count),
    )  # fmt: skip
    data.label[:4] = 1
    data.source[1] = "synth.x"
    data.channel[[2, 5]] = 1  # documents, one of them our own
    data.source[5] = "synth.y"
    soft = np.tile(np.array([0.999, 0.001, 0, 0, 0.001], np.float16), (count, 1))
    soft[3], soft[4], soft[5] = (0.5, 0.5, 0, 0, 0), (0.4, 0.6, 0, 0, 0), (0.4, 0.6, 0, 0, 0)
    chosen = choose(data, soft, seed=0, easy=0.0)
    # the public attack that the release is sure is none, and the public document, have no label and so are not hard
    assert chosen.label.tolist() == [1, 1, 0, 0] and chosen.source.tolist()[0] == "synth.x"
    assert np.array_equal(chosen.example(2).tokens, data.example(4).tokens)
    assert np.array_equal(chosen.example(1).characters, data.example(3).characters)
    everything = choose(data, soft, seed=0, easy=1.0)
    assert len(everything) == count and everything.label.tolist()[:6] == [-1, 1, -1, 1, 0, 0]
    data.harmful[[1, 3]] = 1
    ours = choose(data, soft, seed=0, easy=1.0, ours=True)
    assert ours.label.tolist()[:6] == [-1, 1, -1, -1, -1, 0]
    assert ours.harmful.tolist() == [1 if row == 1 else -1 for row in range(count)]  # 3 is of a public source


def test_a_run_without_windows_says_what_writes_them(tmp_path: Path) -> None:
    with pytest.raises(click.ClickException, match=r"holds no prepared\.npz: .*trainer prepare. writes it"):
        stage.windows(tmp_path)


@pytest.mark.parametrize("merged", [False, True])
def test_a_release_learns_what_it_got_wrong_and_keeps_the_rest(tmp_path: Path, merged: bool) -> None:
    model = restore(shipped(tmp_path / "old"))
    before = copy.deepcopy(model).eval()
    data = toy()
    data = replace(data, channel=np.zeros(len(data), np.int8))
    batch, targets = collate(data, np.arange(len(data)))

    def apart(student: TinyGuardrail) -> float:
        with torch.no_grad():
            parts = losses(student.eval(), before, batch, targets, merged)
            return float(parts["heads"] + parts["exits"])

    start = apart(before)
    tune(model, data, RUN, tmp_path, merged=merged)
    assert apart(model) < 0.7 * start
    names = {name for name, value in model.state_dict().items() if not torch.equal(value, before.state_dict()[name])}
    assert {"fast.layers.2.ffn.up.weight", "fast.mix.weight", "fast.heads.threat.weight"} <= names
    kept = ("embedding.", "fast.layers.0.", "fast.router.", "fast.merge.", "deep.")
    assert not any(name.startswith(kept) for name in names)

    new, same = (
        mixed(tmp_path / "old", model, share, tmp_path / name, merged) for share, name in ((1.0, "new"), (0.0, "same"))
    )
    assert apart(restore(new)) == pytest.approx(apart(model), abs=0.1)
    assert apart(restore(same)) == pytest.approx(start, abs=0.05)
    assert (new / "deep.onnx").read_bytes() == (tmp_path / "old" / "deep.onnx").read_bytes()


def test_a_run_may_end_with_the_rounding_of_its_graphs(tmp_path: Path) -> None:
    """Of the branch that learns and of what it reads; what is left is the plain model."""
    model = restore(shipped(tmp_path / "old"))
    kinds: dict[int, list[str]] = {0: [], 1: []}  # the first layer is read through the teacher
    for at, seen in kinds.items():
        model.fast.layers[at].ffn.up.register_forward_pre_hook(
            lambda module, _, seen=seen: seen.append(type(module).__module__)
        )
    data = toy()
    tune(model, data, replace(RUN, epochs=4), tmp_path, merged=True, quantize_from=0.5)
    for seen in kinds.values():
        assert seen[0].startswith("torch") and seen[-1] == "guardkit.trainer.quantize"
    assert type(model.fast.layers[1].ffn.up) is torch.nn.Linear


@pytest.mark.parametrize("merged", [False, True])
def test_the_graphs_of_a_mixture_say_what_the_branch_says(tmp_path: Path, merged: bool) -> None:
    model = restore(shipped(tmp_path / "old")).eval()
    folder = mixed(tmp_path / "old", model, 1.0, tmp_path / "new", merged)
    graph, one = Classifier(folder), toy().example(3)
    batch = Batch(*(torch.from_numpy(part[None]) for part in (one.tokens, one.characters, one.features)),
                  torch.tensor([one.channel]))  # fmt: skip
    with torch.no_grad():
        embedded, mask = model.embed(batch)
        first = model.fast.layers[0](embedded, mask)
        state, inside = model.fast.merge(first, mask) if merged else (first, mask)
        wanted = model.fast.heads(model.fast.summarise(model.fast.read(state, inside)[-1], inside, batch.features))
        glance = model.fast.exits[1](first, mask, batch.features)
    found = graph.fast(one.tokens[None], one.characters[None], one.features, one.channel)
    assert np.allclose(found.threat, wanted.threat[0], atol=0.15) and found.router > -20
    assert np.allclose(found.state, state if merged else embedded, atol=0.1)
    assert found.early.shape == (graph.exits,) == (2 if merged else 1,)
    assert found.early[-1] == pytest.approx(float(worst(glance)), abs=0.15)
    stopped = graph.fast(one.tokens[None], one.characters[None], one.features, one.channel, (99.0,) * graph.exits)
    assert stopped.router < -20
    if not merged:
        assert np.allclose(stopped.threat, glance.threat[0], atol=0.15)


@pytest.mark.parametrize("merged", [False, True])
def test_exits_learn_what_the_branch_says_and_nothing_else_changes(tmp_path: Path, merged: bool) -> None:
    model = restore(shipped(tmp_path / "old"))
    before, data = copy.deepcopy(model.state_dict()), toy()
    batch, _ = collate(data, np.arange(len(data)))

    def apart() -> float:
        with torch.no_grad():
            embedded, mask = model.eval().embed(batch)
            first = model.fast.layers[0](embedded, mask)
            state, inside = model.fast.merge(first, mask) if merged else (first, mask)
            said = model.fast.heads(model.fast.summarise(model.fast.read(state, inside)[-1], inside, batch.features))
            return float((worst(model.fast.exits[1](first, mask, batch.features)) - worst(said)).abs().mean())

    start = apart()
    glance(model, data, RUN, tmp_path, merged=merged)
    assert apart() < 0.5 * start
    changed = {name for name, value in model.state_dict().items() if not torch.equal(value, before[name])}
    assert changed and all(name.startswith("fast.exits.") for name in changed)
    assert merged or not any(name.startswith("fast.exits.0.") for name in changed)
    assert all(weight.requires_grad for weight in model.parameters())


def mixed(old: Path, model: TinyGuardrail, share: float, target: Path, merged: bool) -> Path:
    put(old, mix(old, model, share), target, merged=merged)
    write_manifest(target, calibration={}, thresholds={}, training={"config": asdict(CONFIG)}, metrics={})
    return target


@pytest.mark.parametrize("merged", [False, True])
def test_the_deep_branch_learns_what_the_fast_one_doubts_and_nothing_else_changes(tmp_path: Path, merged: bool) -> None:
    release, data = shipped(tmp_path / "old"), toy()
    model = restore(release)
    if not merged:  # its deep branch reads the embedding
        former = mixed(release, model, 1.0, tmp_path / "former", False)
        model = restore(former)
        assert not Stored(former).merged
        keep_shape(model, former)
    before = copy.deepcopy(model.state_dict())
    batch, targets = collate(data, np.arange(len(data)))

    def missed(student: TinyGuardrail) -> float:
        with torch.no_grad():
            embedded, mask = student.eval().embed(batch)
            thought = student.fast(embedded, mask, batch.features)
            given = (thought.state, thought.mask) if merged else (embedded, mask)
            said = student.deep(*given, thought.summary)
            return float(torch.nn.functional.cross_entropy(said.threat, targets.label.clamp(min=0)))

    start = missed(model)
    deepen(model, data, replace(RUN, weights=DEEPER.weights), tmp_path / "run", merged=merged)
    assert missed(model) < 0.8 * start
    changed = {name for name, value in model.state_dict().items() if not torch.equal(value, before[name])}
    assert {"deep.layers.0.attention.qkv.weight", "deep.mix.weight", "deep.heads.threat.weight"} <= changed
    assert all(name.startswith("deep.") and ".gate." not in name for name in changed)
    assert all(weight.requires_grad for weight in model.parameters())

    put(release, model, tmp_path / "new", merged=merged, deeper=True)
    stored = Stored(tmp_path / "new")
    for name in ("deep.layers.0.attention.qkv.weight", "deep.fusion.bias"):
        value, back = model.state_dict()[name], stored.tensor(name)
        assert back is not None and (back - value).abs().max() <= value.abs().max() / 127, name
