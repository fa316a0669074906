"""The forms that responses are written in."""

FORMATS = {
    "csv": "CSV",
    "xlsx": "Excel",
    "sav": "SPSS",
    "parquet": "Parquet",
    "jsonl": "JSON lines",
}
