"""The ledger (任务分解台账): duties and targets as rows, and as a workbook."""
