from solution import reverse_linked_list


def test_nothing():
    assert reverse_linked_list(None) is None
