import unittest

from linked_chain import Chain, EmptyChainError, Link


class ChainTest(unittest.TestCase):
    def test_an_empty_chain_has_no_length(self):
        self.assertEqual(len(Chain()), 0)
        self.assertFalse(Chain())

    def test_length_counts_pushes(self):
        chain = Chain([1, 2])
        chain.push(3)
        self.assertEqual(len(chain), 3)

    def test_pop_gives_the_last(self):
        chain = Chain(["a", "b"])
        self.assertEqual(chain.pop(), "b")
        self.assertEqual(chain.pop(), "a")
        self.assertEqual(len(chain), 0)

    def test_pop_of_nothing(self):
        with self.assertRaises(EmptyChainError) as caught:
            Chain().pop()
        self.assertIs(type(caught.exception), EmptyChainError)
        self.assertEqual(caught.exception.args, ("nothing to take",))
        self.assertEqual(str(caught.exception), "nothing to take")

    def test_first_of_nothing(self):
        with self.assertRaisesRegex(EmptyChainError, "see"):
            Chain().first

    def test_first_is_a_link(self):
        chain = Chain([7, 8])
        self.assertIsInstance(chain.first, Link)
        self.assertEqual(chain.first.value, 8)
        self.assertEqual(chain.first.after.value, 7)
        self.assertIsNone(chain.first.after.after)
        self.assertIs(chain.first, chain.first)

    def test_iteration(self):
        self.assertEqual(list(Chain([1, 2, 3])), [3, 2, 1])

    def test_turned(self):
        self.assertEqual(list(Chain([1, 2, 3]).turned()), [1, 2, 3])

    def test_links_hold_any_object(self):
        marker = object()
        link = Link(marker)
        self.assertIs(link.value, marker)
        link.after = Link(None, link)
        self.assertIs(link.after.after, link)
