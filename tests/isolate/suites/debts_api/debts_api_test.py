import json
import unittest

from debts_api import DebtsAPI


class DebtsTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.database = {
            "people": [
                {"name": "Ada", "owes": {}, "lent": {"Bob": 3.0}},
                {"name": "Bob", "owes": {"Ada": 3.0}, "lent": {}},
            ]
        }

    def test_nobody(self):
        self.assertDictEqual(json.loads(DebtsAPI().get("/people")), {"people": []})

    def test_everybody_by_name(self):
        answer = json.loads(DebtsAPI(self.database).get("/people"))
        self.assertEqual([person["name"] for person in answer["people"]], ["Ada", "Bob"])

    def test_one(self):
        answer = DebtsAPI(self.database).get("/people", json.dumps({"people": ["Bob"]}))
        self.assertDictEqual(json.loads(answer), {"people": [self.database["people"][1]]})

    def test_new_person(self):
        api = DebtsAPI(self.database)
        answer = api.post("/person", body=json.dumps({"person": "Cy"}))
        self.assertEqual(json.loads(answer), {"name": "Cy", "owes": {}, "lent": {}})
        self.assertEqual(len(json.loads(api.get("/people"))["people"]), 3)

    def test_loan(self):
        api = DebtsAPI(database=self.database)
        loan = {"lender": "Ada", "borrower": "Bob", "sum": 2.5}
        answer = json.loads(api.post("/loan", json.dumps(loan)))
        self.assertEqual(answer["people"][0]["lent"], {"Bob": 5.5})
        self.assertEqual(answer["people"][1]["owes"], {"Ada": 5.5})

    def test_elsewhere(self):
        self.assertRaises(LookupError, DebtsAPI().get, "/elsewhere")
