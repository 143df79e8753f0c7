"""Fixed cases first, then random ones against decimals of 50 digits."""

import math

import numpy as np
import pytest
from graders.testing import check, inout
from oracle import attended, headed

INF = np.inf
LOG3 = math.log(3)
# Fixed numbers without a pattern, in three sizes that differ.
Q3 = np.array([[0.5, -1.0], [2.0, 0.25], [-0.75, 1.5]])
K4 = np.array([[1.0, 0.5], [-2.0, 1.0], [0.5, 2.0], [1.5, -1.0]])
V4 = np.array([[3.0, -1.0, 8.0], [0.5, 4.0, -6.0], [-2.0, 7.0, 1.0], [9.0, 2.0, 5.0]])


def close(actual, expected):
    check.close(actual, expected, rtol=1e-9, atol=1e-11)


def assert_attends(solution, Q, K, V, *options, **named):
    """Both parts of the answer, as a tuple."""
    close(solution.attention(Q, K, V, *options, **named), attended(Q, K, V, *options, **named))


def drawn(rng, leading, n_q, n_k, d_k, d_v):
    """Give queries, keys and values whose scores differ enough to tell formulas apart."""
    shapes = (n_q, d_k), (n_k, d_k), (n_k, d_v)
    return [rng.normal(0, size, (*leading, *shape)) for size, shape in zip((2, 2, 9), shapes)]


# Part 1 ---------------------------------------------------------------------


def weighs(situation):
    return pytest.mark.criterion("attention", situation)


@weighs("values")
@pytest.mark.spec
@pytest.mark.states("Return the tuple `(out, weights)`")
def test_equal_scores_share_equally(solution):
    found = solution.attention(
        np.array([[0.0]]), np.array([[1.0], [2.0]]), np.array([[10.0], [30]])
    )
    close(found, (np.array([[20.0]]), np.array([[0.5, 0.5]])))


@weighs("values")
@pytest.mark.states("`weights` is the softmax of Q Kᵀ / √d_k over the keys")
def test_odds_of_one_to_three(solution):
    Q, K = np.ones((1, 4)), np.array([[0.0] * 4, [LOG3 / 2] * 4])
    found = solution.attention(Q, K, np.array([[4.0], [8.0]]))
    close(found, (np.array([[7.0]]), np.array([[0.25, 0.75]])))


@weighs("values")
def test_as_many_queries_keys_and_features(solution):
    A = np.array([[1.0, 0.5, -1.0], [0.0, 2.0, 1.0], [-1.5, 1.0, 3.0]])
    assert_attends(solution, A, A[::-1] * 0.5, A + 3)


@weighs("sizes")
@pytest.mark.states("`n_q`, `n_k`, `d_k` and `d_v` may all differ.")
def test_four_sizes_that_differ(solution):
    assert_attends(solution, Q3, K4, V4)
    assert_attends(solution, K4 @ Q3.T, Q3 @ Q3.T, V4[:3, :1])


@weighs("sizes")
@pytest.mark.parametrize(("n_q", "n_k"), [(0, 4), (3, 0), (0, 0), (1, 1)])
@pytest.mark.states("all other axes may be 0 long")
def test_no_queries_and_no_keys(solution, n_q, n_k):
    assert_attends(solution, Q3[:n_q], K4[:n_k], V4[:n_k])


@weighs("leading")
@pytest.mark.parametrize("leading", [(1,), (2,), (3, 2), (2, 1, 2), (0,), (2, 0)], ids=str)
@pytest.mark.states("The dots stand for any number of leading axes (batch, heads, ...)")
def test_leading_axes(solution, leading):
    grow = 1 + 0.25 * np.arange(math.prod(leading)).reshape(*leading, 1, 1)
    assert_attends(solution, Q3 * grow, K4 / grow - grow, V4 * np.sqrt(grow))


@weighs("laws")
def test_weights_sum_to_one_over_the_keys(solution, rng):
    _, weights = solution.attention(*drawn(rng, (2,), 4, 5, 3, 2))
    check.close(weights.sum(axis=-1), np.ones((2, 4)), rtol=1e-12)
    assert float(weights.min()) >= 0


@weighs("laws")
def test_queries_zero_give_the_mean_of_the_values(solution, rng):
    _, K, V = drawn(rng, (), 3, 5, 2, 4)
    out, _ = solution.attention(np.zeros((3, 2)), K, V)
    close(out, np.tile(V.mean(axis=0), (3, 1)))


@weighs("laws")
def test_keys_and_values_in_another_order(solution, rng):
    Q, K, V = drawn(rng, (), 3, 6, 2, 4)
    order, turn = rng.permutation(6), rng.permutation(3)
    out, weights = attended(Q, K, V)
    found = solution.attention(Q[turn], K[order], V[order])
    close(found, (out[turn], weights[turn][:, order]))


@weighs("laws")
def test_values_scaled_shifted_and_constant(solution, rng):
    Q, K, V = drawn(rng, (), 4, 5, 3, 2)
    out, weights = attended(Q, K, V)
    close(solution.attention(Q, K, 4 * V - 7), (4 * out - 7, weights))
    close(solution.attention(Q, K, np.full((5, 2), 2.5)), (np.full((4, 2), 2.5), weights))


@weighs("laws")
def test_a_key_moved_for_all_changes_nothing(solution, rng):
    Q, K, V = drawn(rng, (), 3, 4, 2, 2)
    close(solution.attention(Q, K + np.array([3.0, -2.0]), V), attended(Q, K, V))


@weighs("random")
def test_random_queries_keys_and_values(solution, rng):
    for _ in range(12):
        n_q, n_k, d_k, d_v = rng.integers(1, 6, 4).tolist()
        leading = tuple(rng.integers(1, 3, rng.integers(0, 3)).tolist())
        assert_attends(solution, *drawn(rng, leading, n_q, n_k, d_k, d_v))


# Masks ----------------------------------------------------------------------


def masks(situation):
    return pytest.mark.criterion("masks", situation)


SEEN = np.array([[True, False, True, True], [False, False, True, False], [True, True, False, True]])


@masks("boolean")
@pytest.mark.states("A boolean mask says `True` where the query may see the key.")
def test_a_mask_of_booleans(solution):
    assert_attends(solution, Q3, K4, V4, SEEN)
    assert_attends(solution, Q3, K4, V4, mask=~SEEN)


@masks("boolean")
@pytest.mark.states(
    "A hidden key has the weight 0 exactly, and the weights of the others sum to 1."
)
def test_hidden_keys_weigh_nothing_and_the_others_all(solution):
    _, weights = solution.attention(Q3, K4, V4, SEEN)
    check.equal(weights[~SEEN], np.zeros(5))
    check.close(weights.sum(axis=1), np.ones(3), rtol=1e-12)


@masks("boolean")
@pytest.mark.spec
@pytest.mark.states("A boolean mask says `True` where the query may see the key.")
def test_a_mask_that_hides_nothing(solution):
    close(solution.attention(Q3, K4, V4, np.ones((3, 4), bool)), attended(Q3, K4, V4))


@masks("additive")
@pytest.mark.states("A mask of floats is added to the scaled scores before the softmax.")
def test_a_bias_for_each_pair(solution):
    bias = np.array([[0.5, -1.0, 2.0, 0.0], [0.0, 3.0, -0.25, 1.0], [-2.0, 0.0, 0.0, 4.0]])
    assert_attends(solution, Q3, K4, V4, bias)


@masks("additive")
@pytest.mark.parametrize("dtype", ["float64", "float32", "float16"])
def test_minus_infinity_hides_a_key(solution, dtype):
    assert_attends(solution, Q3, K4, V4, np.where(SEEN, 0.5, -INF).astype(dtype))


@masks("additive")
@pytest.mark.states("any other number is a bias and hides nothing, however low it is.")
def test_a_very_low_bias_hides_nothing(solution):
    low = np.full((3, 4), -1e9)
    assert_attends(solution, np.zeros((3, 2)), K4, V4, low)
    low[:, 2:] = -INF
    assert_attends(solution, np.zeros((3, 2)), K4, V4, low)


@masks("nothing")
@pytest.mark.parametrize(
    "mask", [np.zeros((3, 4), bool), np.full((3, 4), -INF)], ids=["bool", "float"]
)
@pytest.mark.states("A query that may see no key at all has weights 0 and output 0, not NaN.")
def test_nothing_to_see_for_all(solution, mask):
    check.equal(solution.attention(Q3, K4, V4, mask), (np.zeros((3, 3)), np.zeros((3, 4))))


@masks("nothing")
def test_nothing_to_see_for_one_query_among_others(solution):
    seen = SEEN.copy()
    seen[1] = False
    assert_attends(solution, Q3, K4, V4, seen)
    assert_attends(solution, Q3, K4, V4, np.where(seen, 0.0, -INF))


@masks("causal")
def test_each_query_sees_itself_and_what_was_before(solution):
    assert_attends(solution, K4, K4, V4, causal=True)
    assert_attends(solution, np.zeros((4, 2)), K4, V4, None, True)


@masks("aligned")
@pytest.mark.parametrize("n_q", [1, 2, 3])
@pytest.mark.states("query `i` sees key `j` when `j <= i + n_k − n_q`")
def test_fewer_queries_than_keys_stand_at_the_end(solution, n_q):
    assert_attends(solution, Q3[:n_q], K4, V4, causal=True)


@masks("aligned")
@pytest.mark.parametrize("n_k", [0, 1, 2])
@pytest.mark.states("with `n_q > n_k` the first `n_q − n_k` queries see none.")
def test_more_queries_than_keys(solution, n_k):
    assert_attends(solution, Q3, K4[:n_k], V4[:n_k], causal=True)


@masks("both")
@pytest.mark.states("With a mask as well, a key must pass both.")
def test_a_mask_and_causal_together(solution):
    assert_attends(solution, Q3, K4[:3], V4[:3], SEEN[:, 1:], True)
    assert_attends(solution, Q3, K4, V4, np.where(SEEN, 1.0, -INF), causal=True)


@masks("shapes")
@pytest.mark.parametrize(
    "shape", [(4,), (1, 4), (3, 1), (1, 1), (3, 4), (1, 3, 4), (2, 1, 1, 4), (2, 1, 3, 1)], ids=str
)
@pytest.mark.states("which keys a query may see; broadcasts to `(..., n_q, n_k)`")
def test_masks_are_stretched(solution, shape):
    Q, K, V = (np.array([[A, A + 1], [A / 2, -A]]) for A in (Q3, K4, V4))
    mask = np.arange(math.prod(shape)).reshape(shape) % 3 != 1
    assert_attends(solution, Q, K, V, mask)
    assert_attends(solution, Q, K, V, np.where(mask, 0.5, -INF))


@masks("future")
def test_later_keys_have_no_influence(solution, rng):
    Q, K, V = drawn(rng, (), 6, 6, 2, 3)
    for t in (0, 2, 4):
        K2, V2 = K.copy(), V.copy()
        K2[t + 1 :], V2[t + 1 :] = rng.normal(0, 3, (5 - t, 2)), 50.0
        for keys, values in ((K, V), (K2, V2)):
            out, _ = solution.attention(Q, keys, values, causal=True)
            close(out[: t + 1], attended(Q, K, V, causal=True)[0][: t + 1])


@masks("random")
def test_random_masks(solution, rng):
    for draw in range(12):
        n_q, n_k = rng.integers(1, 6, 2).tolist()
        arrays = drawn(rng, (2,), n_q, n_k, 2, 2)
        seen = rng.random((2, n_q, n_k)) < 0.6
        mask = np.where(seen, rng.normal(0, 2, seen.shape), -INF) if draw % 2 else seen
        assert_attends(solution, *arrays, mask, bool(rng.integers(2)))


# Exactness ------------------------------------------------------------------


def exact(situation):
    return pytest.mark.criterion("exact", situation)


@exact("large")
@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.states("Scaled scores are at most 10 000 in size")
def test_scores_of_ten_thousand(solution, sign):
    Q, K = (
        np.array([[100.0] * 4]),
        np.array([[1.0, 0, 0, 0], [50, 50, 50, 50], [50, 50, 49.75, 50]]),
    )
    assert_attends(solution, sign * Q, K, V4[:3])


@exact("rows")
def test_queries_far_apart(solution):
    Q, K = np.array([[-2000.0], [1000.0], [0.5]]), np.array([[1.0], [1.0009765625], [2.0]])
    assert_attends(solution, Q, K, V4[:3])
    assert_attends(solution, Q, K + 3, V4[:3])


@exact("rows")
def test_a_query_whose_best_key_is_hidden(solution):
    Q, K = np.array([[1000.0], [1.0]]), np.array([[1.0], [1.0009765625], [9.0]])
    assert_attends(solution, Q, K, V4[:3], np.array([True, True, False]))
    assert_attends(solution, Q, K, V4[:3], np.array([0.0, 0.5, -INF]), True)


@exact("types")
@pytest.mark.parametrize("dtype", ["uint8", "int8", "int32", "float16", "float32"])
@pytest.mark.states("`uint8` must not wrap around, `float16` must not overflow")
def test_small_types_are_computed_in_float64(solution, dtype):
    Q = np.array([[90, 3], [1, 120]], dtype)
    K = np.array([[100, 3], [101, 2], [2, 125]], dtype)
    V = np.array([[100], [99], [1]], dtype)
    found = solution.attention(Q, K, V)
    close(found, attended(Q, K, V))


@exact("types")
@pytest.mark.states("Arguments are arrays or lists of any integer or float dtype.")
def test_lists(solution):
    found = solution.attention(
        [[1, 0], [0, 2]], [[1, 1], [0.5, 3]], [[1], [4]], [[True, False], [True, True]]
    )
    seen = np.array([[True, False], [True, True]])
    close(found, attended([[1, 0], [0, 2]], [[1, 1], [0.5, 3]], [[1], [4]], seen))


@exact("mutation")
@pytest.mark.parametrize("causal", [False, True])
@pytest.mark.states("Arguments stay as they were.")
def test_arguments_stay_as_they_were(solution, causal):
    for mask in (SEEN, np.where(SEEN, 0.5, -INF)):
        given = [Q3.copy(), K4.copy(), V4.copy(), mask.copy()]
        solution.attention(*map(inout, given), causal)
        solution.tiled_attention(*map(inout, given[:3]), causal, 2)
        check.equal(given, [Q3, K4, V4, mask])


# Part 2 ---------------------------------------------------------------------


def heads(situation):
    return pytest.mark.criterion("heads", situation)


def matrices(d_model, h, d_k, d_v, d_out, phase=0.0):
    """Give four matrices without a pattern that a wrong order could hide in."""
    shapes = (d_model, h * d_k), (d_model, h * d_k), (d_model, h * d_v), (h * d_v, d_out)
    return [
        np.sin(1.7 * np.arange(a * b) * (i + 1) + i + phase).reshape(a, b)
        for i, (a, b) in enumerate(shapes)
    ]


X5 = 1.5 * np.cos(np.arange(20.0) ** 1.5).reshape(5, 4)


def assert_heads(solution, x, weights, h, *options, **named):
    close(
        solution.multi_head(x, *weights, h, *options, **named),
        headed(x, *weights, h, *options, **named),
    )


@heads("one")
def test_one_head_is_attention_between_projections(solution):
    assert_heads(solution, X5, matrices(4, 1, 3, 2, 4), 1)


@heads("several")
@pytest.mark.parametrize("h", [2, 3, 4])
@pytest.mark.states("Each head is an attention of its own.")
def test_several_heads(solution, h):
    assert_heads(solution, X5, matrices(4, h, 2, 2, 4), h)


@heads("several")
def test_as_many_heads_as_tokens(solution):
    assert_heads(solution, X5[:2], matrices(4, 2, 2, 2, 4), 2)


@heads("widths")
@pytest.mark.parametrize("n", [3, 0])
@pytest.mark.states("`i · d_v` to `(i + 1) · d_v − 1` of the values")
def test_keys_and_values_of_different_width(solution, n):
    assert_heads(solution, X5[:n], matrices(4, 2, 1, 3, 5), 2)
    assert_heads(solution, X5[:n], matrices(4, 2, 3, 1, 2), 2)


@heads("batch")
@pytest.mark.parametrize("leading", [(1,), (3,), (2, 2), (0,)], ids=str)
def test_batches_of_tokens(solution, leading):
    x = np.cos(np.arange(math.prod(leading) * 12.0) ** 1.5).reshape(*leading, 3, 4)
    assert_heads(solution, x, matrices(4, 2, 2, 3, 4), 2)
    assert_heads(solution, x, matrices(4, 2, 2, 3, 4), 2, causal=True)


@heads("masks")
def test_heads_share_a_mask_and_causal(solution):
    seen = np.array([[True, False, True], [True, True, False], [False, False, False]])
    for mask in (seen, np.where(seen, 0.5, -INF), seen[0]):
        assert_heads(solution, X5[:3], matrices(4, 2, 2, 2, 4), 2, mask)
        assert_heads(solution, X5[:3], matrices(4, 2, 2, 2, 4), 2, mask, True)


@heads("masks")
@pytest.mark.parametrize("batch", [2, 3])
@pytest.mark.states(
    "`mask` has no axis for the heads: it broadcasts to `(..., n, n)`, and all heads use it."
)
def test_a_mask_for_each_element_of_the_batch(solution, batch):
    x = np.cos(np.arange(batch * 12.0) ** 1.5).reshape(batch, 3, 4)
    mask = np.arange(batch * 9).reshape(batch, 3, 3) % 4 != 1
    assert_heads(solution, x, matrices(4, 2, 2, 2, 4), 2, mask)
    assert_heads(solution, x, matrices(4, 2, 2, 2, 4), 2, mask[:, :1], causal=True)


@heads("masks")
@pytest.mark.states("it broadcasts to `(..., n, n)`, and all heads use it.")
def test_a_mask_with_fewer_leading_axes_than_the_tokens(solution):
    x = np.cos(np.arange(72.0) ** 1.5).reshape(2, 3, 3, 4)
    mask = np.arange(27).reshape(3, 3, 3) % 4 != 1
    assert_heads(solution, x, matrices(4, 2, 2, 2, 4), 2, mask)
    assert_heads(solution, x, matrices(4, 3, 2, 2, 4), 3, np.where(mask, 0.5, -INF))


@heads("laws")
def test_tokens_in_another_order(solution, rng):
    x, weights, order = rng.normal(0, 2, (5, 4)), matrices(4, 2, 2, 3, 4), rng.permutation(5)
    close(solution.multi_head(x[order], *weights, 2), headed(x, *weights, 2)[order])


@heads("random")
def test_random_heads(solution, rng):
    for _ in range(8):
        n, d_model, h, d_k, d_v, d_out = rng.integers(1, 4, 6).tolist()
        weights = matrices(d_model, h, d_k, d_v, d_out, phase=rng.random())
        x = rng.normal(0, 2, (*rng.integers(1, 3, rng.integers(0, 2)).tolist(), n, d_model))
        seen = rng.random((n, n)) < 0.7
        assert_heads(solution, x, weights, h, seen, bool(rng.integers(2)))


# Part 3 ---------------------------------------------------------------------


def cache(situation):
    return pytest.mark.criterion("cache", situation)


def stepped(cached, x, sizes):
    """Give the outputs of steps of these sizes, side by side."""
    bounds = np.cumsum([0, *sizes]).tolist()
    parts = [cached.step(x[..., a:b, :]) for a, b in zip(bounds, bounds[1:])]
    for part, size in zip(parts, sizes, strict=True):
        assert part.shape[-2] == size
    return np.concatenate(parts, axis=-2)


def assert_steps(solution, x, weights, h, sizes):
    found = stepped(solution.CachedAttention(*weights, h), x, sizes)
    close(found, headed(x, *weights, h, causal=True))


@cache("single")
def test_one_token_at_a_time(solution):
    assert_steps(solution, X5, matrices(4, 1, 3, 2, 4), 1, [1] * 5)
    assert_steps(solution, X5, matrices(4, 2, 2, 3, 3), 2, [1] * 5)


@cache("single")
def test_the_first_token_sees_itself(solution):
    assert_steps(solution, X5[:1], matrices(4, 2, 2, 3, 3), 2, [1])


@cache("chunks")
@pytest.mark.parametrize("sizes", [[5], [2, 3], [3, 1, 1], [1, 4], [2, 2, 1]], ids=str)
@pytest.mark.states(
    "all outputs together are what `multi_head` gives for all tokens together with `causal=True`."
)
def test_steps_of_several_tokens(solution, sizes):
    assert_steps(solution, X5, matrices(4, 2, 2, 3, 4), 2, sizes)


@cache("chunks")
@pytest.mark.parametrize("sizes", [[0, 5], [2, 0, 3], [5, 0], [0, 0, 1, 4]], ids=str)
@pytest.mark.states("`step` takes the next `m >= 0` tokens")
def test_steps_of_no_tokens(solution, sizes):
    assert_steps(solution, X5, matrices(4, 2, 2, 3, 4), 2, sizes)


@cache("batch")
def test_a_batch_goes_on_together(solution):
    x = np.cos(np.arange(40.0) ** 1.5).reshape(2, 5, 4)
    assert_steps(solution, x, matrices(4, 2, 2, 3, 3), 2, [2, 1, 2])


@cache("apart")
@pytest.mark.states("Objects know nothing of each other.")
def test_two_objects_in_turn(solution):
    weights, others = matrices(4, 2, 2, 2, 4), matrices(4, 1, 3, 2, 2, phase=1.0)
    first, second = solution.CachedAttention(*weights, 2), solution.CachedAttention(*others, 1)
    found = [(first.step(X5[t : t + 1]), second.step(-X5[t : t + 1])) for t in range(4)]
    close(np.concatenate([a for a, _ in found]), headed(X5[:4], *weights, 2, causal=True))
    close(np.concatenate([b for _, b in found]), headed(-X5[:4], *others, 1, causal=True))


@cache("refused")
@pytest.mark.states("A step that raises leaves the object as it was.")
def test_a_refused_step_leaves_no_mark(solution):
    weights = matrices(4, 2, 2, 3, 4)
    cached = solution.CachedAttention(*weights, 2)
    before = stepped(cached, X5[:2], [2])
    for bad in (np.full((1, 4), np.nan), np.ones((1, 3)), np.ones((2, 1, 4)), np.ones(4)):
        with pytest.raises(ValueError):
            cached.step(bad)
    after = stepped(cached, X5[2:], [1, 2])
    close(np.concatenate([before, after]), headed(X5, *weights, 2, causal=True))


@cache("refused")
def test_a_refused_first_step_sets_no_axes(solution):
    weights = matrices(4, 2, 2, 3, 4)
    cached = solution.CachedAttention(*weights, 2)
    with pytest.raises(ValueError):
        cached.step(np.full((2, 1, 4), INF))
    close(cached.step(X5), headed(X5, *weights, 2, causal=True))


@cache("random")
def test_random_steps(solution, rng):
    for _ in range(4):
        sizes = rng.integers(0, 3, 4).tolist()
        d_model, h, d_k, d_v, d_out = rng.integers(1, 4, 5).tolist()
        weights = matrices(d_model, h, d_k, d_v, d_out, phase=rng.random())
        assert_steps(solution, rng.normal(0, 2, (sum(sizes), d_model)), weights, h, sizes)


# Part 4 ---------------------------------------------------------------------


def tiled(situation):
    return pytest.mark.criterion("tiled", situation)


def assert_tiles(solution, Q, K, V, causal, tile):
    found = solution.tiled_attention(Q, K, V, causal=causal, tile=tile)
    close(found, attended(Q, K, V, causal=causal)[0])


@tiled("sizes")
@pytest.mark.parametrize("tile", [1, 2, 3, 4, 5, 1000])
@pytest.mark.states(
    "Any `tile >= 1` will do, whether or not it divides `n_k`, and also one larger than `n_k`."
)
def test_tiles_of_any_size(solution, tile):
    assert_tiles(solution, Q3, K4, V4, False, tile)


@tiled("sizes")
@pytest.mark.parametrize(("n_q", "n_k"), [(0, 4), (3, 0), (3, 1)])
@pytest.mark.parametrize("causal", [False, True])
def test_few_queries_or_keys_in_tiles(solution, n_q, n_k, causal):
    assert_tiles(solution, Q3[:n_q], K4[:n_k], V4[:n_k], causal, 2)
    found = solution.tiled_attention(Q3[:n_q], K4[:n_k], V4[:n_k])
    close(found, attended(Q3[:n_q], K4[:n_k], V4[:n_k])[0])


@tiled("order")
@pytest.mark.parametrize("scale", [1.0, 1000.0, -1000.0])
def test_scores_that_rise_or_fall(solution, scale):
    K = np.array([[0.0], [0.5], [2.0], [2.0009765625], [7.0], [7.001953125]])
    V = np.concatenate([V4, V4[:2] + 1])
    for keys in (K, K[::-1], K[[4, 0, 5, 1, 3, 2]]):
        assert_tiles(solution, np.array([[1.0], [0.25]]) * scale, keys, V, False, 2)


@tiled("order")
@pytest.mark.states("Scaled scores are at most 10 000 in size")
def test_scores_that_are_low_throughout(solution):
    K = np.array([[-10.0], [-9.9990234375], [-10.0], [-9.99951171875]])
    assert_tiles(solution, np.array([[1000.0], [985.0]]), K, V4, False, 2)


@tiled("causal")
@pytest.mark.parametrize("tile", [1, 2, 3, 6])
def test_causal_in_tiles(solution, tile):
    assert_tiles(solution, K4, K4, V4, True, tile)
    assert_tiles(solution, Q3[:2], K4, V4, True, tile)


@tiled("causal")
@pytest.mark.parametrize("tile", [1, 2, 3])
def test_more_queries_than_keys_in_tiles(solution, tile):
    assert_tiles(solution, Q3, K4[:2], V4[:2], True, tile)
    assert_tiles(solution, K4, K4[:1], V4[:1], True, tile)


@tiled("leading")
def test_leading_axes_in_tiles(solution, rng):
    for leading in ((2,), (2, 3)):
        assert_tiles(solution, *drawn(rng, leading, 3, 5, 2, 4), False, 2)
        assert_tiles(solution, *drawn(rng, leading, 3, 5, 2, 4), True, 2)


@tiled("random")
def test_random_tiles(solution, rng):
    for _ in range(10):
        n_q, n_k, d_k, d_v, tile = rng.integers(1, 7, 5).tolist()
        assert_tiles(solution, *drawn(rng, (), n_q, n_k, d_k, d_v), bool(rng.integers(2)), tile)


# Errors ---------------------------------------------------------------------


def errors(situation):
    return pytest.mark.criterion("errors", situation)


both = pytest.mark.parametrize("name", ["attention", "tiled_attention"])


@errors("shapes")
@both
@pytest.mark.parametrize(
    ("Q", "K", "V"),
    [
        ((2,), (3, 2), (3, 2)), ((2, 2), (2,), (2, 2)), ((2, 2), (2, 2), (2,)), ((2, 3), (4, 2), (4, 3)), ((2, 1), (4, 2), (4, 3)),
        ((2, 2), (4, 2), (3, 2)), ((2, 2), (4, 2), (1, 2)), ((2, 2), (4, 2), (5, 2)), ((2, 2, 2), (4, 2), (4, 2)), ((1, 2, 2), (3, 4, 2), (3, 4, 2)),
        ((3, 2, 2), (3, 4, 2), (1, 4, 2)), ((2, 3, 2, 2), (3, 2, 4, 2), (3, 2, 4, 2)), ((1, 2, 2), (4, 2), (4, 2)),
    ],
    ids=str,
)  # fmt: skip
@pytest.mark.states(
    "when `Q`, `K` or `V` has fewer than two axes, when their leading axes differ, `K` has another `d_k` than `Q`, or `V` another `n_k` than `K`"
)
def test_shapes_that_do_not_fit(solution, name, Q, K, V):
    with pytest.raises(ValueError):
        getattr(solution, name)(np.ones(Q), np.ones(K), np.ones(V))


@errors("finite")
@pytest.mark.spec
@both
@pytest.mark.parametrize("value", [np.nan, INF, -INF])
@pytest.mark.states("when any argument but `mask` holds NaN or infinity")
def test_arguments_that_are_not_finite(solution, name, value):
    for which in range(3):
        given = [Q3.copy(), K4.copy(), V4.copy()]
        given[which][1, 1] = value
        with pytest.raises(ValueError):
            getattr(solution, name)(*given)


@errors("finite")
@pytest.mark.spec
@pytest.mark.states("when any argument but `mask` holds NaN or infinity")
@pytest.mark.parametrize("value", [np.nan, INF])
def test_tokens_and_matrices_that_are_not_finite(solution, value):
    for which in range(5):
        given = [X5.copy(), *matrices(4, 2, 2, 2, 4)]
        given[which][1, 1] = value
        with pytest.raises(ValueError):
            solution.multi_head(*given, 2)
        if which:
            with pytest.raises(ValueError):
                solution.CachedAttention(*given[1:], 2)


@errors("mask")
@pytest.mark.spec
@pytest.mark.parametrize("value", [np.nan, INF])
@pytest.mark.states("when a mask of floats holds NaN or +∞")
def test_a_mask_of_nan_or_infinity(solution, value):
    mask = np.zeros((3, 4))
    mask[1, 2] = value
    with pytest.raises(ValueError):
        solution.attention(Q3, K4, V4, mask)
    with pytest.raises(ValueError):
        solution.multi_head(X5[:4], *matrices(4, 2, 2, 2, 4), 2, mask[1])


@errors("mask")
@pytest.mark.parametrize("value", [np.nan, INF])
@pytest.mark.states("when a mask of floats holds NaN or +∞")
def test_a_mask_of_nan_or_infinity_without_keys(solution, value):
    with pytest.raises(ValueError):
        solution.attention(Q3, K4[:0], V4[:0], np.full((3, 1), value))


@errors("mask")
@pytest.mark.parametrize("dtype", ["int64", "uint8", "complex128"])
@pytest.mark.states(
    "when `mask` is neither of booleans nor of floats, because 0 and 1 could mean either"
)
def test_a_mask_of_another_type(solution, dtype):
    with pytest.raises(ValueError):
        solution.attention(Q3, K4, V4, SEEN.astype(dtype))
    with pytest.raises(ValueError):
        solution.multi_head(X5[:3], *matrices(4, 2, 2, 2, 4), 2, SEEN[:, :3].astype(dtype))


@errors("mask")
@pytest.mark.spec
@pytest.mark.parametrize("shape", [(4, 3), (3,), (2, 4), (2, 3, 4), (1, 3, 4), (3, 4, 1)], ids=str)
@pytest.mark.parametrize("dtype", [bool, float])
@pytest.mark.states("when it does not broadcast to the shape of the weights")
def test_a_mask_of_another_shape(solution, shape, dtype):
    with pytest.raises(ValueError):
        solution.attention(Q3, K4, V4, np.ones(shape, dtype))


@errors("mask")
@pytest.mark.states("when `mask` is neither of booleans nor of floats")
def test_an_empty_mask_of_another_type(solution):
    with pytest.raises(ValueError):
        solution.attention(Q3, K4[:0], V4[:0], np.ones((3, 0), int))


HEADS = [
    ((3, 4), (4, 4), (4, 4), (4, 4), (4, 4), 0), ((3, 4), (4, 4), (4, 4), (4, 4), (4, 4), -2), ((3, 4), (4, 4), (4, 4), (4, 4), (4, 4), 3),
    ((3, 4), (4, 6), (4, 6), (4, 4), (4, 4), 3), ((3, 4), (4, 4), (4, 4), (4, 6), (6, 4), 4), ((3, 4), (4, 4), (4, 2), (4, 4), (4, 4), 2),
    ((3, 4), (4, 4), (4, 4), (4, 4), (2, 4), 2), ((3, 4), (4, 4), (4, 4), (3, 4), (4, 4), 2), ((3, 4), (4,), (4, 4), (4, 4), (4, 4), 2),
    ((3, 4), (4, 4), (4, 4), (4, 4), (4,), 2), ((3, 4), (2, 4, 4), (2, 4, 4), (2, 4, 4), (2, 4, 4), 2),
]  # fmt: skip


@errors("heads")
@pytest.mark.spec
@pytest.mark.parametrize("shapes", HEADS, ids=str)
@pytest.mark.states("What does not hang on `x` is refused when the object is made")
def test_matrices_that_do_not_fit(solution, shapes):
    *arrays, h = shapes
    x, *weights = (np.ones(shape) for shape in arrays)
    with pytest.raises(ValueError):
        solution.multi_head(x, *weights, h)
    with pytest.raises(ValueError):
        solution.CachedAttention(*weights, h)


@errors("heads")
@pytest.mark.spec
@pytest.mark.parametrize("shape", [(4,), (3, 5), (2, 3, 1)], ids=str)
@pytest.mark.states("when `x` has fewer than two axes or another `d_model`.")
def test_tokens_that_do_not_fit(solution, shape):
    weights = matrices(4, 2, 2, 2, 4)
    with pytest.raises(ValueError):
        solution.multi_head(np.ones(shape), *weights, 2)
    cached = solution.CachedAttention(*weights, 2)
    with pytest.raises(ValueError):
        cached.step(np.ones(shape))


@errors("step")
@pytest.mark.spec
@pytest.mark.parametrize(
    ("first", "then"), [((), (2,)), ((2,), ()), ((2,), (3,)), ((2,), (1,)), ((1,), (2,)), ((2,), (1, 2))], ids=str
)  # fmt: skip
@pytest.mark.states("by `step` also when the leading axes are not those of the first step")
def test_a_step_with_other_leading_axes(solution, first, then):
    cached = solution.CachedAttention(*matrices(4, 2, 2, 2, 4), 2)
    cached.step(np.ones((*first, 1, 4)))
    with pytest.raises(ValueError):
        cached.step(np.ones((*then, 1, 4)))


@errors("step")
@pytest.mark.parametrize(("first", "then"), [((), (2,)), ((2,), ()), ((2,), (3,))], ids=str)
@pytest.mark.parametrize("sizes", [(0, 1), (1, 0)], ids=str)
@pytest.mark.states(
    "The first step sets the leading axes and later steps have the same, even steps of no tokens."
)
def test_steps_of_no_tokens_have_leading_axes_too(solution, first, then, sizes):
    cached = solution.CachedAttention(*matrices(4, 2, 2, 2, 4), 2)
    cached.step(np.ones((*first, sizes[0], 4)))
    with pytest.raises(ValueError):
        cached.step(np.ones((*then, sizes[1], 4)))


@errors("tile")
@pytest.mark.spec
@pytest.mark.parametrize("tile", [0, -1, -64])
@pytest.mark.parametrize("n_k", [4, 0])
@pytest.mark.states("when `tile < 1`.")
def test_a_tile_below_one(solution, tile, n_k):
    with pytest.raises(ValueError):
        solution.tiled_attention(Q3, K4[:n_k], V4[:n_k], tile=tile)


# Cost -----------------------------------------------------------------------


def measured(measure, sizes, tile, causal=False):
    """Ask for the peak, and check some rows by the definition in float64."""
    kept = {}

    def arguments(n, rng):
        n_q, n_k, d = sizes(n)
        kept["data"] = [rng.normal(size=(rows, d)) for rows in (n_q, n_k, n_k)]
        return *kept["data"], causal, tile

    def verify(result, n):
        Q, K, V = kept["data"]
        found, some = result.fetch(), slice(None, None, 1 + len(Q) // 8)
        assert found.shape == (len(Q), V.shape[1])
        shares = np.exp(Q[some] @ K.T / math.sqrt(Q.shape[1]))
        if causal:
            shares *= np.tri(len(Q), len(K), len(K) - len(Q), dtype=bool)[some]
        check.close(
            found[some], shares @ V / shares.sum(axis=1, keepdims=True), rtol=1e-7, atol=1e-9
        )

    measure.peak_memory("tiled_attention", arguments, verify)


@pytest.mark.criterion("memory", "square")
@pytest.mark.states("no room grows with `n_q · n_k`.")
def test_room_for_as_many_queries_as_keys(measure):
    measured(measure, lambda n: (n, n, 4), 64)


@pytest.mark.criterion("memory", "causal")
@pytest.mark.states("no room grows with `n_q · n_k`.")
def test_room_for_causal_queries(measure):
    measured(measure, lambda n: (5 * n // 2, 5 * n // 2, 4), 32, causal=True)


@pytest.mark.criterion("memory", "wide")
@pytest.mark.states("look at no more than `tile` keys at a time.")
def test_room_for_few_queries_and_very_many_keys(measure):
    measured(measure, lambda n: (16, 200 * n, 1), 512)


@pytest.mark.criterion("pace", "tokens")
@pytest.mark.states("`step` projects each token once")
def test_a_long_text_token_by_token(measure):
    weights = matrices(512, 2, 32, 32, 4)

    def run(solution, n, rng):
        cached = solution.CachedAttention(*(W / 16 for W in weights), 2)
        x = rng.normal(0, 1, (n, 512))
        found = [cached.step(x[t : t + 1]) for t in range(n)]
        # The first token sees itself only, so that its output is its own value.
        close(found[0], x[:1] @ (weights[2] / 16) @ (weights[3] / 16))
        assert found[-1].shape == (1, 4)

    measure.cpu_slope(run)
