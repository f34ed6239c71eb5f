"""effort_campaign.py write SEED | ledger SEED WRONG | compare: a campaign with rosters that are known, the ledger
of what would have been announced of it (ranges that hold the truth; WRONG 1: half the agents), and
whether the ledger's ranges hold the true agent-days and hours of every place and week."""
import csv
import datetime
import random
import sys

AREAS = {"Boston": "MASSACHUSETTS", "Newark": "NEW JERSEY"}


def drawn(seed):
    r = random.Random(seed)
    rosters = [(5, 2), (10, 4), (4, 3), (6, 1), (7, 7)]
    return {
        "offices": {a: (r.randint(20, 60),) + r.choice(rosters) + (r.choice([8, 10, 12]),) for a in AREAS},
        "campaign": (r.randint(5, 30),) + r.choice(rosters[1:]) + (r.choice([10, 12, 14]),),
        "more": (r.choice(list(AREAS)), r.randint(5, 40)) + r.choice(rosters[1:]) + (12,),
    }


def write(seed):
    d = drawn(seed)
    agents, on, off, hours = d["campaign"]
    print(f"""seed: {seed}
release: 2099-ICLI-00003
first_day: 2024-10-01
last_day: 2025-01-26
campaign: {{first_day: 2024-11-04, last_day: 2025-01-12, spurt_days: 11, spurt_count: 2, effect: 3,
  agents: {agents}, days_on: {on}, days_off: {off}, shift_hours: {hours}}}
without_id_share: 0
reinforcements:
  - {{area: {d["more"][0]}, agency: another, agents: {d["more"][1]}, first_day: 2024-11-13, last_day: 2024-12-22,
     days_on: {d["more"][2]}, days_off: {d["more"][3]}, shift_hours: {d["more"][4]}}}
areas:""")
    for area, state in AREAS.items():
        agents, on, off, hours = d["offices"][area]
        print(f"""  - {{name: {area}, state: {state}, city: {area.upper()}, arrests_a_day: 2, in_campaign: true,
     agents: {agents}, days_on: {on}, days_off: {off}, shift_hours: {hours}}}""")


def line(r, place, agents, on, off, hours, first, last, wrong):
    """Ranges around the truth, each end drawn; days that may begin earlier and end later."""
    def around(value, most):
        return f"{{low: {value - r.randint(0, most)}, high: {value + r.randint(0, most)}}}"
    said = around(agents, 3) if not wrong else f"{{low: {agents // 2}, high: {agents // 2}}}"
    day = datetime.date.fromisoformat
    early = day(first) - datetime.timedelta(days=r.randint(0, 2))
    late = day(last) + datetime.timedelta(days=r.randint(0, 2))
    print(f"""  - {{what: officers, place: {place}, agents: {said}, hours: {around(hours, 2)},
     days_on: {around(on, 1)}, days_off: {around(off, min(1, off))}, first: {early}, first_latest: {first},
     last_earliest: {last}, last: {late}, source: a test}}""")


def ledger(seed, wrong):
    d = drawn(seed)
    r = random.Random(seed + 1)
    print("""name: effort
title: Effort
campaign: {name: c, first_day: 2024-11-04, last_day: 2025-01-12, source: simulated}
places:
  - {name: Boston, area: Boston}
  - {name: Newark, area: Newark}
baseline: {first_day: 2024-10-01, last_day: 2024-10-31}
files:
  - {pattern: "*rrests*", table: arrest, required: true}
effort:""")
    for area in AREAS:
        line(r, area, *d["offices"][area], "2024-10-01", "2025-01-26", wrong)
    place, agents, on, off, hours = d["more"]
    line(r, place, agents, on, off, hours, "2024-11-13", "2024-12-22", wrong)
    for spurt in csv.DictReader(open("data/truth/spurts.csv")):
        line(r, spurt["area"], *d["campaign"], spurt["first"], spurt["last"], wrong)


def compare():
    held = missed = days = 0
    rows = {(r["place"], r["first_day"]): r for r in csv.DictReader(open("effort.csv"))}
    for t in csv.DictReader(open("data/truth/effort_by_area_week.csv")):
        week = datetime.date.fromisoformat(t["week"])
        row = rows[(t["area"], str(week - datetime.timedelta(days=week.weekday())))]
        agent_days = int(t["agent_days"]) + int(t["reinforcement_agent_days"])
        days += agent_days
        is_held = (float(row["agent_days_low"]) <= agent_days <= float(row["agent_days_high"])
                   and float(row["agent_hours_low"]) <= float(t["hours"]) <= float(row["agent_hours_high"]))
        held += is_held
        missed += not is_held
        if not is_held and len(sys.argv) == 2:
            print(t, row)
    print("all held" if not missed else "not all held", held > 30 or missed > 0, days > 1000)


if sys.argv[1] == "write":
    write(int(sys.argv[2]))
elif sys.argv[1] == "ledger":
    ledger(int(sys.argv[2]), sys.argv[3] == "1")
else:
    compare()
