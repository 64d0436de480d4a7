"""Opens ONNX graphs: on one thread each, the same steps everywhere, and nobody is told."""

import os
from pathlib import Path
from typing import Any

# else ONNX Runtime tells its makers of every run and keeps a number of this machine; read when it is loaded, one name after the other
_TELLS_NOBODY = ("ORT_DISABLE_TELEMETRY", "ORT_TELEMETRY_DISABLED")


def opened(file: Path) -> Any:  # noqa: ANN401 - ONNX Runtime has no types
    """One thread for each run: runs go side by side, and threads never wait for one another."""
    os.environ.update(dict.fromkeys(_TELLS_NOBODY, "1"))
    import onnxruntime

    onnxruntime.disable_telemetry_events()  # where the environment does not say it
    onnxruntime.set_default_logger_severity(3)
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_mem_pattern = False  # each text has another length
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL  # the graph is as it should run
    return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
