/*
 * Made-up people: only what the released tables carry, drawn from fixed shares. The lists are
 * the agency's own spellings; codes count from 1. Everything about a person follows from their
 * number, so that the same person is the same in every table.
 */
#include <string.h>

#include "simulate/simulate_internal.h"

#define TEXTS(name, array)                                                             \
    const struct pal_sim_texts name = {array, sizeof(array) / sizeof(array)[0]}

static const struct pal_view citizenship_texts[] = {
    {NULL, 0},
    PAL_SIM_TEXT("MEXICO"),
    PAL_SIM_TEXT("GUATEMALA"),
    PAL_SIM_TEXT("HONDURAS"),
    PAL_SIM_TEXT("EL SALVADOR"),
    PAL_SIM_TEXT("ECUADOR"),
    PAL_SIM_TEXT("DOMINICAN REPUBLIC"),
    PAL_SIM_TEXT("BRAZIL"),
    PAL_SIM_TEXT("COLOMBIA"),
    PAL_SIM_TEXT("VENEZUELA"),
    PAL_SIM_TEXT("CHINA, PEOPLES REPUBLIC OF"),
    PAL_SIM_TEXT("INDIA"),
    PAL_SIM_TEXT("UNKNOWN"),
};
static const double citizenship_shares[] = {0.46, 0.15, 0.12, 0.08, 0.03, 0.03,
                                            0.03, 0.03, 0.02, 0.02, 0.02, 0.01};
static const struct pal_view criminality_texts[] = {
    {NULL, 0},
    PAL_SIM_TEXT("1 Convicted Criminal"),
    PAL_SIM_TEXT("2 Pending Criminal Charges"),
    PAL_SIM_TEXT("3 Other Immigration Violator"),
};
static const struct pal_view gender_texts[] = {
    {NULL, 0}, PAL_SIM_TEXT("Male"), PAL_SIM_TEXT("Female")};
static const struct pal_view method_texts[] = {
    {NULL, 0},
    PAL_SIM_TEXT("Located"),
    PAL_SIM_TEXT("Non-Custodial Arrest"),
    PAL_SIM_TEXT("Probation and Parole"),
    PAL_SIM_TEXT("Worksite Enforcement"),
    PAL_SIM_TEXT("CAP Local Incarceration"),
    PAL_SIM_TEXT("CAP Federal Incarceration"),
    PAL_SIM_TEXT("CAP State Incarceration"),
    PAL_SIM_TEXT("287(g) Program"),
    PAL_SIM_TEXT("Other Efforts"),
    PAL_SIM_TEXT("Patrol Border"),
    PAL_SIM_TEXT("Inspections"),
    [PAL_SIM_METHOD_REPROCESSED] = PAL_SIM_TEXT("ERO Reprocessed Arrest"),
};
static const struct {
    double shares[4];
    uint8_t codes[4];
    size_t count;
} methods[PAL_SIM_GROUP_COUNT] = {
    [PAL_SIM_AT_LARGE] = {{0.5, 0.4, 0.08, 0.02}, {1, 2, 3, 4}, 4},
    [PAL_SIM_CUSTODIAL] = {{0.68, 0.18, 0.14}, {5, 6, 7}, 3},
    [PAL_SIM_287G] = {{1}, {8}, 1},
    [PAL_SIM_OTHER] = {{0.6, 0.3, 0.1}, {9, 10, 11}, 3},
};
static const struct pal_view facility_texts[] = {
    {NULL, 0},
    PAL_SIM_TEXT("NORTH COUNTY DETENTION CENTER"),
    PAL_SIM_TEXT("RIVERSIDE PROCESSING CENTER"),
    PAL_SIM_TEXT("EAST FIELD OFFICE HOLD ROOM"),
    PAL_SIM_TEXT("LAKE COUNTY JAIL"),
};
static const struct pal_view facility_code_texts[] = {
    {NULL, 0},
    PAL_SIM_TEXT("NCDCSIM"),
    PAL_SIM_TEXT("RVPCSIM"),
    PAL_SIM_TEXT("EFOHOLD"),
    PAL_SIM_TEXT("LAKESIM"),
};
static const double facility_shares[] = {0.4, 0.25, 0.2, 0.15};
static const struct pal_view release_texts[] = {
    {NULL, 0},
    PAL_SIM_TEXT("Removed"),
    PAL_SIM_TEXT("Bonded Out"),
    PAL_SIM_TEXT("Order of recognizance"),
    PAL_SIM_TEXT("Voluntary departure"),
    PAL_SIM_TEXT("Paroled"),
    [PAL_SIM_RELEASE_TRANSFERRED] = PAL_SIM_TEXT("Transferred"),
};
static const double release_shares[] = {0.74, 0.1, 0.08, 0.05, 0.03};
static const struct pal_view lift_texts[] = {
    {NULL, 0},
    [PAL_SIM_LIFT_BOOKED] = PAL_SIM_TEXT("Booked into Detention"),
    [PAL_SIM_LIFT_DECLINED] = PAL_SIM_TEXT("Detainer Declined by LEA"),
    PAL_SIM_TEXT("Lifted"),
    PAL_SIM_TEXT("Case Closed"),
    PAL_SIM_TEXT("Transferred"),
    PAL_SIM_TEXT("Lifted - Lack of Space"),
};
/* Of requests that are neither honoured nor declined; code 0: no reason stated. */
static const double lift_shares[] = {0.55, 0.2, 0.15, 0.08, 0.02};
static const uint8_t lift_codes[] = {0, 3, 4, 5, 6};
/* Spellings of the redaction, each seen in a released file. */
static const struct pal_view mark_texts[] = {
    {NULL, 0},
    PAL_SIM_TEXT("b(6), b(7)c"),
    PAL_SIM_TEXT("b(6), b(7)C"),
    PAL_SIM_TEXT("(b)(6);(b)(7)(C) "),
    PAL_SIM_TEXT("(b)(6),(b)(7)c)"),
    PAL_SIM_TEXT("(b)(6),(b)(7)(c )"),
    PAL_SIM_TEXT("(b)(6), (b)(7)(c)"),
    PAL_SIM_TEXT("(b)(6)(b)(7)(c)"),
    PAL_SIM_TEXT("b(6), b(7)(c)"),
};

TEXTS(pal_sim_citizenships, citizenship_texts);
TEXTS(pal_sim_criminalities, criminality_texts);
TEXTS(pal_sim_genders, gender_texts);
TEXTS(pal_sim_methods, method_texts);
TEXTS(pal_sim_facilities, facility_texts);
TEXTS(pal_sim_facility_codes, facility_code_texts);
TEXTS(pal_sim_releases, release_texts);
TEXTS(pal_sim_lifts, lift_texts);
TEXTS(pal_sim_marks, mark_texts);

#define FILL(alias, shares, codes)                                                     \
    pal_sim_alias_fill(alias, shares, codes, sizeof(shares) / sizeof(shares)[0])

void pal_sim_lists_fill(struct pal_sim_lists *lists)
{
    FILL(&lists->citizenship, citizenship_shares, NULL);
    FILL(&lists->facility, facility_shares, NULL);
    FILL(&lists->release, release_shares, NULL);
    FILL(&lists->lift, lift_shares, lift_codes);
    for (int group = 0; group < PAL_SIM_GROUP_COUNT; group++) {
        pal_sim_alias_fill(&lists->method[group], methods[group].shares,
                           methods[group].codes, methods[group].count);
    }
}

/* Half convicted, a quarter with charges; one in ten a woman; born 1960 to 2004. */
struct pal_sim_person pal_sim_person_of(const struct pal_simulate_world *world,
                                        uint64_t number)
{
    uint64_t word = pal_sim_word(world->person_key ^ number, 0);
    uint64_t more = pal_sim_word(world->person_key ^ number, 1);
    uint32_t quarter = (uint32_t)(word & 3);
    struct pal_sim_person person = {.number = number};
    person.citizenship =
        pal_sim_alias_draw(&world->lists.citizenship, (uint32_t)(word >> 32));
    person.criminality = (uint8_t)(quarter < 2 ? 1 : quarter);
    person.gender = pal_sim_third(more, 0, pal_sim_threshold(0.1)) ? 2 : 1;
    person.birth_year = 1960 + (int32_t)pal_sim_below((uint32_t)(more >> 32), 45);
    return person;
}

void pal_sim_pseudonym(const struct pal_simulate_world *world, uint64_t number,
                       char out[PAL_SIM_ID_WIDTH])
{
    static const char digits[] = "0123456789abcdef";
    uint64_t key = world->pseudonym_key ^ number;
    enum { WORD_DIGITS = 16 };
    for (unsigned n = 0; n * WORD_DIGITS < PAL_SIM_ID_WIDTH; n++) {
        uint64_t word = pal_sim_word(key, n);
        char *at = out + (size_t)n * WORD_DIGITS;
        for (size_t i = 0; i < WORD_DIGITS && at + i < out + PAL_SIM_ID_WIDTH; i++) {
            at[i] = digits[(word >> (4 * i)) & 15];
        }
    }
}

void pal_sim_no_id(uint64_t number, char out[PAL_SIM_ID_WIDTH])
{
    memset(out, 0, PAL_SIM_ID_WIDTH);
    if (number % 2 == 0) {
        memcpy(out, mark_texts[2].data, mark_texts[2].size);
    }
}

uint8_t pal_sim_mark_draw(uint32_t mixed, uint64_t word)
{
    enum { OTHERS = sizeof mark_texts / sizeof mark_texts[0] - 2 };
    return pal_sim_third(word, 0, mixed)
               ? (uint8_t)(2 + pal_sim_below((uint32_t)(word >> 32), OTHERS))
               : 1;
}
