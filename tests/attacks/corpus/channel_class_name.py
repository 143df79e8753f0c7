"""
Class: side channels
Aim: say a hidden text by the names of the classes that are raised.
"""

class E_a(Exception): pass
class E_b(Exception): pass
class E_c(Exception): pass
class E_d(Exception): pass
class E_e(Exception): pass
class E_f(Exception): pass
class E_g(Exception): pass
class E_h(Exception): pass
class E_i(Exception): pass
class E_j(Exception): pass
class E_k(Exception): pass
class E_l(Exception): pass
class E_m(Exception): pass
class E_n(Exception): pass
class E_o(Exception): pass
class E_p(Exception): pass
class E_q(Exception): pass
class E_r(Exception): pass
class E_s(Exception): pass
class E_t(Exception): pass
class E_u(Exception): pass
class E_v(Exception): pass
class E_w(Exception): pass
class E_x(Exception): pass
class E_y(Exception): pass
class E_z(Exception): pass


class E_halcyonquartz(Exception):
    """A guess that the report confirms."""


CALLS = []


def backwards(text):
    raise globals().get(f"E_{text}", E_a)(text)
