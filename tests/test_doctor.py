"""`zhice doctor`: what it reads of a processor, and what it tells of this installation."""

import platform
import sys
from importlib import metadata

import pytest

from zhice import cli, doctor

XEON = """processor\t: 0
model name\t: Intel(R) Xeon(R) CPU E5-2680 v3 @ 2.50GHz
flags\t\t: fpu sse4_2 avx avx2 fma

processor\t: 1
model name\t: other
"""


@pytest.mark.parametrize(
    ("told", "processor"),
    [
        (XEON, "Intel(R) Xeon(R) CPU E5-2680 v3 @ 2.50GHz（AVX2 有，AVX-512 无，VNNI 无）"),
        ("model name : AMD EPYC\nflags : avx2 avx512f avx512_vnni", "AMD EPYC（AVX2 有，AVX-512 有，VNNI 有）"),
        ("model name : N100\nflags : avx2 avx_vnni", "N100（AVX2 有，AVX-512 无，VNNI 有）"),
        ("model name : old: 2\nflags : sse2", "old: 2（AVX2 无，AVX-512 无，VNNI 无）"),
        ("model name : ARM\nFeatures : asimd", "ARM"),
        ("", "Loongson"),
    ],
)
def test_a_processor(monkeypatch, told, processor):
    monkeypatch.setattr(platform, "processor", lambda: "Loongson")
    assert doctor.processor(told) == processor


def test_a_package_that_is_not_there():
    assert doctor.version("no-such-package-of-ours") == doctor.ABSENT


def test_the_command(monkeypatch, capsys):
    monkeypatch.setenv("ZHICE_MODEL", "hash")
    monkeypatch.setattr(sys, "argv", ["zhice", "doctor"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    told = dict(line.split(": ", 1) for line in capsys.readouterr().out.splitlines())
    assert not ended.value.code
    assert list(told) == ["python", "zhice", "torch", "onnxruntime", "faiss-cpu", "处理器 (processor)", "模型 (model)"]
    assert told["onnxruntime"] == metadata.version("onnxruntime")
    assert told["python"] == ".".join(map(str, sys.version_info[:3]))
    assert told["模型 (model)"] == "hash"
    assert told["处理器 (processor)"]
