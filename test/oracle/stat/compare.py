"""Runs `palladium stat` over folders of cases and compares its output with expected.csv:
same columns, same rows in the same order, numbers within the tolerance of the case's kind.

    compare.py PALLADIUM FOLDER [PREFIX]

A case is a folder with params.json, input.csv and expected.csv. Prints one line a case; the
exit status is 1 when any differs.
"""
import csv, json, math, os, subprocess, sys

# algorithm: (relative, absolute, {column or section: (relative, absolute) or None to skip})
RULES = {
    "glm": (1e-9, 1e-12, {"p": (1e-7, 0), "pearson": (1e-9, 1e-10)}),
    "glm.nb": (1e-8, 1e-12, {"mle_coef": (1e-8, 5e-9), "default/theta": (1e-4, 0),
                             "default/se_theta": (1e-4, 0), "default": (1e-6, 0),
                             "default_coef": (1e-6, 1e-8), "default_se": (1e-6, 0)}),
    "earsC": (1e-12, 1e-12, {"c3_statistic": (1e-10, 1e-12)}),
    "essence_switch": (1e-9, 1e-12, {"reg_expected": (1e-9, 1e-9),
                                     "reg_adj_r2": (1e-9, 1e-9)}),
    "farrington": (1e-9, 1e-12, {}),
    "farringtonFlexible": (1e-9, 1e-12, {}),
    "optimal_partitioning": (1e-10, 1e-12, {}),
    "kaplan_meier": (1e-11, 1e-14, {}),
    "logrank": (1e-10, 1e-12, {}),
    "aalen_johansen": (1e-10, 1e-14, {
        "se1": (1e-8, 1e-14), "se2": (1e-8, 1e-14), "se3": (1e-8, 1e-14),
        "gray_": (1e-8, 1e-14), "finegray_": (1e-6, 1e-12)}),
    "loglinear_capture_recapture": (1e-7, 0, {
        "deviance": (0, 1e-6), "AIC": (0, 1e-6), "BIC_n": (0, 1e-6), "AICc_n": (0, 1e-6)}),
    "dga": (1e-8, 0, {}),
    "cusum": (1e-10, 1e-12, {}),
    "glrnb": (1e-8, 1e-12, {}),
    "bayes": (1e-10, 0, {}), "cdc": (1e-10, 0, {}), "rki": (1e-10, 0, {}),
    "outbreakP": (1e-10, 0, {}),
    "bai_perron": (1e-9, 1e-12, {
        "ci_lower": (0, 1), "ci_upper": (0, 1), "olscusum_process": (1e-9, 1e-9),
        "olscusum/p": (1e-6, 1e-15), "supF/p": None, "coef_": (1e-9, 1e-10)}),
    "scan": (1e-10, 1e-13, {"rank": None}),
    "coxph": (1e-8, 1e-12, {"fit/wald": (0, 0.01)}),
    "poisson_exact_and_fdr": (1e-10, 1e-300, {}),
    "poisson_rate_ratio": (1e-9, 1e-300, {}),
}


def rule_of(rules, column, row):
    relative, absolute, special = rules
    section = row[0] if row else ""
    name = section + "/" + (row[1] if len(row) > 1 else "")
    for key in (name, section, column):
        if key in special:
            return special[key]
    for key, value in special.items():
        if key.endswith("_") and section.startswith(key):
            return value
    return relative, absolute


def number(text):
    try:
        return float(text.replace("Inf", "inf"))
    except ValueError:
        return None


def agree(want, have, rule):
    if rule is None or want == have:
        return True
    a, b = number(want), number(have)
    if a is None or b is None or math.isnan(a) or math.isnan(b):
        return False
    return a == b or abs(a - b) <= rule[0] * abs(a) + rule[1]


def differences(folder, palladium):
    params = json.load(open(os.path.join(folder, "params.json")))
    algorithm = params["algorithm"]
    rules = RULES[algorithm]
    if algorithm == "glrnb" and params.get("alpha"):
        rules = (1e-5, 1e-6, {})
    if algorithm == "cusum" and params.get("trans") == "anscombe2nd":
        rules = (1e-10, 1e-12, {"upperbound": None})
    with open(os.path.join(folder, "input.csv"), "rb") as text:
        run = subprocess.run([palladium, "stat", "--params",
                              os.path.join(folder, "params.json")],
                             stdin=text, capture_output=True, text=True)
    talk = run.stderr.strip()
    if run.returncode != 0:
        return ["status %d: %s" % (run.returncode, talk)]
    have = list(csv.reader(run.stdout.splitlines()))
    want = list(csv.reader(open(os.path.join(folder, "expected.csv"))))
    is_talk = folder.endswith("_talk")  # something is said, or a reason given
    found = ["said: " + talk] if talk and not is_talk else []
    if have[0][:len(want[0])] != want[0]:
        return found + ["columns %s, not %s" % (have[0], want[0])]
    extra = have[0][len(want[0]):]
    if extra and not (is_talk and extra == ["status"]):
        found.append("more columns: %s" % extra)
    extra = have[len(want):]
    if len(have) < len(want) or [r for r in extra if r[:2] != ["supF", "p_tail"]]:
        found.append("%d rows, not %d" % (len(have) - 1, len(want) - 1))
    if algorithm == "scan":
        key = lambda r: (-round(float(r[6]), 8), r[1], int(r[2]), int(r[3]))
        have[1:] = sorted(have[1:], key=key)
        want[1:] = sorted(want[1:], key=key)
    for i, (a, b) in enumerate(zip(want[1:], have[1:])):
        boundary = "boundary" in want[0] and a[want[0].index("boundary")] == "1"
        for column, x, y in zip(want[0], a, b):
            if boundary and column in ("Nhat", "se", "f0", "se_logf0"):
                continue
            if not agree(x, y, rule_of(rules, column, a)):
                found.append("row %d %s, %s: want %s got %s" % (i + 1, a[:2], column, x, y))
    return found


def main():
    palladium, top = sys.argv[1:3]
    prefix = sys.argv[3] if len(sys.argv) > 3 else ""
    wrong = run = 0
    for name in sorted(os.listdir(top)):
        folder = os.path.join(top, name)
        if not name.startswith(prefix) or not os.path.exists(folder + "/params.json"):
            continue
        if name.startswith(("sdc_", "dp_")):
            continue
        found = differences(folder, palladium)
        run += 1
        wrong += bool(found)
        if found:
            print("WRONG", name, len(found))
            for line in found[:6]:
                print("     ", line)
    print("%d cases, %d differ" % (run, wrong))
    sys.exit(1 if wrong else 0)


main()
