"""Effects, p-values and intervals of test/unit/stat/t_event_study.c by brute force: all choices of
three of seven units, the interval's ends by a fine search. Standard library only."""
from itertools import combinations
from math import log

# arrests of seven units in five months; the first three units were chosen, months 4 and 5 are after
counts = [
    [20, 24, 22, 41, 44],
    [31, 29, 30, 52, 61],
    [12, 15, 11, 25, 23],
    [40, 38, 42, 41, 39],
    [18, 20, 19, 22, 17],
    [27, 25, 30, 24, 29],
    [50, 47, 55, 49, 52],
]
chosen = (0, 1, 2)
values = [[log(c + 0.5) for c in row] for row in counts]


def contrast(period):
    out = []
    for row in values:
        before = sum(row[:3]) / 3
        out.append((row[period] if period is not None else sum(row[3:]) / 2) - before)
    return out


def effect(v, units):
    inside = [v[i] for i in units]
    outside = [v[i] for i in range(len(v)) if i not in units]
    return sum(inside) / len(inside) - sum(outside) / len(outside)


def p_value(v, delta):
    shifted = [x - delta if i in chosen else x for i, x in enumerate(v)]
    own = abs(effect(shifted, chosen))
    every = [abs(effect(shifted, c)) for c in combinations(range(7), 3)]
    return sum(e >= own - 1e-12 for e in every) / len(every)


def end(v, direction):
    value = effect(v, chosen)
    inside, outside = 0.0, 0.01
    while p_value(v, value + direction * outside) > 0.05:
        inside, outside = outside, outside * 2
    for _ in range(60):
        middle = (inside + outside) / 2
        if p_value(v, value + direction * middle) > 0.05:
            inside = middle
        else:
            outside = middle
    return value + direction * inside


for name, period in [("month 1", 0), ("month 2", 1), ("month 3", 2), ("month 4", 3), ("month 5", 4), ("after", None)]:
    v = contrast(period)
    print(f"{{{effect(v, chosen):.12f}, {end(v, -1):.9f}, {end(v, 1):.9f}, {p_value(v, 0):.12f}}}, /* {name} */")
