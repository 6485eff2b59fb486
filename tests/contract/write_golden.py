"""`python -m tests.contract.write_golden [SERVICE ...]`: writes the golden JSON that is missing, and never
changes one. Until a version is released, its file may be deleted and written anew."""

from __future__ import annotations

import json
import sys

from pydantic import ValidationError

from tests.contract.golden import every_event, example


def main() -> int:
    failed = 0
    for golden in every_event():
        file = golden.file(golden.kind.schema_version)
        if file.exists() or (sys.argv[1:] and golden.service not in sys.argv[1:]):
            continue
        try:
            body = example(golden.kind)
        except (ValidationError, TypeError) as error:
            print(f"write {file} by hand: {error}", file=sys.stderr)
            failed += 1
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8") as out:
            json.dump(body, out, indent=1, sort_keys=True, ensure_ascii=False)
            out.write("\n")
        print(f"wrote {file.name} of {golden}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
