# Arrests of six areas over 100 weeks, by a timetable: a digit is an area that makes 25 more a day.
import datetime

TABLE = ("....44.33.00.22....11.22.00.33.55....44....33.55.."
         ".....22.00.11.22.11....44.55.11.00.33.55.44.......")
AREAS = ["Boston", "Dallas", "Detroit", "Denver", "Miami", "Newark"]
FIRST = datetime.date(2017, 1, 2)

print("Area of Responsibility|Apprehension Date|Apprehension Method")
for week in range(100):
    for day in range(5):
        date = FIRST + datetime.timedelta(days=7 * week + day)
        for area, name in enumerate(AREAS):
            count = 3 + ((7 * week + day) ** 2 * 31 + day * 7 + area * 5) % 11 % 4
            count += 25 if TABLE[week] == str(area) else 0
            for _ in range(count):
                print(f"{name} Area of Responsibility|{date.month}/{date.day}/{date.year}|Located")
