"""What every test may rely on."""

import signal

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell starts background jobs deaf to Ctrl-C, and so would be what the tests interrupt.
    signal.signal(signal.SIGINT, signal.default_int_handler)
