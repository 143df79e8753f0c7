import io
import unittest
from unittest.mock import ANY, MagicMock, NonCallableMagicMock, patch

from metered_stream import MeteredLine, MeteredReader, longest, translate, use, write_report
from streams_for_tests import TEXT, BrokenLineError, Line, Recorded, SuperStandIn


class MeteredLineTest(unittest.TestCase):
    def test_counts_what_was_sent(self):
        line = Line(chunk=4)
        watched = NonCallableMagicMock(wraps=line, autospec=True)
        metered = MeteredLine(watched)
        self.assertEqual(metered.send(b"abcdefgh"), 4)
        self.assertEqual(metered.send(b"ab", 7), 2)
        self.assertEqual(metered.sent, 6)
        self.assertEqual(line._got.getvalue(), b"abcdab")
        watched.send.assert_called_with(b"ab", 7)

    def test_leaves(self):
        watched = NonCallableMagicMock(wraps=Line(), autospec=True)
        with MeteredLine(watched) as metered:
            metered.send(b"x")
        self.assertFalse(watched.__enter__.called)
        watched.__exit__.assert_called_once_with(None, None, None)

    def test_an_error_of_the_test_comes_back_as_itself(self):
        error = BrokenLineError("torn")
        line = Line(error=error)
        with self.assertRaises(BrokenLineError) as caught, MeteredLine(line) as metered:
            metered.send(b"x")
        self.assertIs(caught.exception, error)
        self.assertEqual(line.left, (BrokenLineError, error))

    def test_a_forgiven_error(self):
        error = BrokenLineError("torn, forgive")
        watched = NonCallableMagicMock(wraps=Line(error=error), autospec=True)
        watched.__exit__.side_effect = lambda kind, value, trace: "forgive" in value.args[0]
        with MeteredLine(watched) as metered:
            metered.send(b"x")
        watched.__exit__.assert_called_once_with(BrokenLineError, error, ANY)

    def test_too_few_arguments(self):
        with self.assertRaisesRegex(TypeError, "argument"):
            MeteredLine(Line()).send()

    def test_read_only(self):
        with self.assertRaises(AttributeError):
            MeteredLine(Line()).sent = 3

    @patch("metered_stream.super", create=True, new_callable=SuperStandIn)
    def test_reader(self, stand_in):
        base = NonCallableMagicMock(wraps=Recorded(TEXT), autospec=True)
        base.__exit__.side_effect = base._mock_wraps.__exit__
        stand_in.base = base
        with MeteredReader() as reader:
            self.assertEqual(stand_in.calls, 1)
            self.assertEqual(reader.read(3), b"one")
            self.assertEqual(reader.read(), TEXT[3:])
        self.assertEqual(reader.count, 2)
        base.__exit__.assert_called_once_with(None, None, None)
        with self.assertRaisesRegex(ValueError, "closed file"):
            reader.read()

    @patch("metered_stream.super", create=True, new_callable=SuperStandIn)
    def test_reader_by_lines(self, stand_in):
        base = NonCallableMagicMock(wraps=Recorded(TEXT), autospec=True)
        stand_in.base = base
        reader = MeteredReader()
        lines = []
        for line in reader:
            lines.append(line)
            self.assertEqual(reader.count, base.readline.call_count)
        self.assertEqual(b"".join(lines), TEXT)
        self.assertFalse(base.__iter__.called)

    def test_a_stream_is_written_where_it_is(self):
        stream = io.StringIO()
        write_report(stream, ["a", "b"])
        self.assertEqual(stream.getvalue(), "1: a\n2: b\n")

    def test_a_stream_is_read_where_it_is(self):
        stream = io.StringIO("a\nabc\nab\n")
        self.assertEqual(longest(stream), "abc")
        self.assertEqual(stream.read(), "")

    def test_contexts(self):
        thing = MagicMock()
        thing.__enter__.return_value.value = 41
        self.assertEqual(use(thing), 42)
        thing.__exit__.assert_called_once()

    def test_translated(self):
        with self.assertRaisesRegex(ValueError, "not found"):
            translate({}.popitem)
        with self.assertRaises(ZeroDivisionError):
            translate(lambda: 1 // 0)
        self.assertEqual(translate(lambda: "fine"), "fine")
