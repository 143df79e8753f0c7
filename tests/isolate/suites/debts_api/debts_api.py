import json


class DebtsAPI:
    def __init__(self, database=None):
        self._people = {p["name"]: p for p in (database or {"people": []})["people"]}

    def get(self, path, body=None):
        if path != "/people":
            raise LookupError(path)
        names = sorted(self._people) if body is None else json.loads(body)["people"]
        return json.dumps({"people": [self._people[name] for name in names]})

    def post(self, path, body):
        wanted = json.loads(body)
        if path == "/person":
            return json.dumps(self._people.setdefault(wanted["person"], _nobody(wanted["person"])))
        lender, borrower = self._people[wanted["lender"]], self._people[wanted["borrower"]]
        lender["lent"][borrower["name"]] = lender["lent"].get(borrower["name"], 0) + wanted["sum"]
        borrower["owes"][lender["name"]] = borrower["owes"].get(lender["name"], 0) + wanted["sum"]
        return json.dumps({"people": sorted([lender, borrower], key=lambda p: p["name"])})


def _nobody(name):
    return {"name": name, "owes": {}, "lent": {}}
