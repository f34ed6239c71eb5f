/*
 * Made-up people: only what the released tables carry, drawn from fixed shares. The lists are
 * the agency's own spellings.
 */
#include <stdio.h>

#include "simulate/simulate_internal.h"

struct weighted {
    const char *text;
    const char *code;
    double share;
};

static const struct weighted citizenships[] = {
    {"MEXICO", "", 0.46},    {"GUATEMALA", "", 0.15},
    {"HONDURAS", "", 0.12},  {"EL SALVADOR", "", 0.08},
    {"ECUADOR", "", 0.03},   {"DOMINICAN REPUBLIC", "", 0.03},
    {"BRAZIL", "", 0.03},    {"COLOMBIA", "", 0.03},
    {"VENEZUELA", "", 0.02}, {"CHINA, PEOPLES REPUBLIC OF", "", 0.02},
    {"INDIA", "", 0.02},     {"UNKNOWN", "", 0.01},
};
static const struct weighted at_large[] = {{"Located", "", 0.5},
                                           {"Non-Custodial Arrest", "", 0.4},
                                           {"Probation and Parole", "", 0.08},
                                           {"Worksite Enforcement", "", 0.02}};
static const struct weighted custodial[] = {{"CAP Local Incarceration", "", 0.68},
                                            {"CAP Federal Incarceration", "", 0.18},
                                            {"CAP State Incarceration", "", 0.14}};
static const struct weighted agreement[] = {{"287(g) Program", "", 1.0}};
static const struct weighted others[] = {
    {"Other Efforts", "", 0.6}, {"Patrol Border", "", 0.3}, {"Inspections", "", 0.1}};
static const struct weighted facilities[] = {
    {"NORTH COUNTY DETENTION CENTER", "NCDCSIM", 0.4},
    {"RIVERSIDE PROCESSING CENTER", "RVPCSIM", 0.25},
    {"EAST FIELD OFFICE HOLD ROOM", "EFOHOLD", 0.2},
    {"LAKE COUNTY JAIL", "LAKESIM", 0.15},
};

static const struct {
    const struct weighted *list;
    size_t count;
} groups[] = {
    [PAL_SIM_AT_LARGE] = {at_large, sizeof at_large / sizeof at_large[0]},
    [PAL_SIM_CUSTODIAL] = {custodial, sizeof custodial / sizeof custodial[0]},
    [PAL_SIM_287G] = {agreement, sizeof agreement / sizeof agreement[0]},
    [PAL_SIM_OTHER] = {others, sizeof others / sizeof others[0]},
};

static uint8_t draw(struct pal_random *random, const struct weighted *list,
                    size_t count)
{
    double left = pal_random_uniform(random);
    for (size_t i = 0; i + 1 < count; i++) {
        left -= list[i].share;
        if (left < 0) {
            return (uint8_t)i;
        }
    }
    return (uint8_t)(count - 1);
}

struct pal_sim_person pal_sim_person_draw(struct pal_random *random)
{
    struct pal_sim_person person = {.number = pal_random_bits(random)};
    person.citizenship =
        draw(random, citizenships, sizeof citizenships / sizeof citizenships[0]);
    double u = pal_random_uniform(random);
    person.criminality = u < 0.5 ? 0 : u < 0.75 ? 1 : 2;
    person.is_female = pal_random_uniform(random) < 0.1;
    person.birth_year = 1960 + (int32_t)pal_random_below(random, 45);
    return person;
}

const char *pal_sim_citizenship(uint8_t index)
{
    return citizenships[index].text;
}

const char *pal_sim_criminality(uint8_t index)
{
    static const char *const texts[] = {"1 Convicted Criminal",
                                        "2 Pending Criminal Charges",
                                        "3 Other Immigration Violator"};
    return texts[index];
}

const char *pal_sim_method(uint8_t group, uint8_t index)
{
    return groups[group].list[index].text;
}

uint8_t pal_sim_method_draw(struct pal_random *random, uint8_t group)
{
    return draw(random, groups[group].list, groups[group].count);
}

const char *pal_sim_facility(uint8_t index)
{
    return facilities[index].text;
}

const char *pal_sim_facility_code(uint8_t index)
{
    return facilities[index].code;
}

uint8_t pal_sim_facility_draw(struct pal_random *random)
{
    return draw(random, facilities, sizeof facilities / sizeof facilities[0]);
}

void pal_sim_pseudonym(uint64_t seed, uint64_t person, char out[41])
{
    enum { STREAM_PSEUDONYM = 0x70736575 };
    uint64_t words[4];
    pal_random_block(seed, STREAM_PSEUDONYM, person, words);
    pal_random_block(seed, STREAM_PSEUDONYM + 1, person, words + 2);
    (void)snprintf(out, 41, "%016llx%016llx%08llx", (unsigned long long)words[0],
                   (unsigned long long)words[1],
                   (unsigned long long)(words[2] & 0xffffffffU));
}
