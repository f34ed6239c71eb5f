/*
 * The detentions: one row per spell in a facility. A stay of one to three spells begins some
 * hours after the arrest; spells follow each other by ten minutes.
 */
#include <string.h>

#include "simulate/simulate_internal.h"

enum column {
    STAY_IN,
    IN,
    FACILITY,
    FACILITY_CODE,
    OUT,
    STAY_OUT,
    RELEASE_REASON,
    STAY_REASON,
    GENDER,
    BIRTH_DATE,
    BIRTH_YEAR,
    CRIMINALITY,
    CITIZENSHIP,
    ALIEN_NUMBER,
    IDENTIFIER,
    COLUMN_COUNT
};
static const char *const names[COLUMN_COUNT] = {
    [STAY_IN] = "Stay Book In Date Time",
    [IN] = "Book In Date Time",
    [FACILITY] = "Detention Facility",
    [FACILITY_CODE] = "Detention Facility Code",
    [OUT] = "Detention Book Out Date Time",
    [STAY_OUT] = "Stay Book Out Date Time",
    [RELEASE_REASON] = "Detention Release Reason",
    [STAY_REASON] = "Stay Release Reason",
    [GENDER] = "Gender",
    [BIRTH_DATE] = "Birth Date",
    [BIRTH_YEAR] = "Birth Year",
    [CRIMINALITY] = "Book In Criminality",
    [CITIZENSHIP] = "Citizenship Country",
    [ALIEN_NUMBER] = "Alien File Number",
    [IDENTIFIER] = "Anonymized Identifier",
};

/* Days: quantiles by 32nds of a gamma distribution of shape 0.9 and mean 28.8. */
static const double stay_quantiles[] = {
    0.000,  0.659,  1.441,  2.293,  3.203,   4.169,  5.189,  6.265,  7.398,
    8.592,  9.851,  11.178, 12.581, 14.065,  15.639, 17.312, 19.096, 21.004,
    23.052, 25.262, 27.658, 30.273, 33.148,  36.337, 39.915, 43.984, 48.698,
    54.292, 61.162, 70.050, 82.626, 104.224, 234.346};
enum {
    STAY_LOG2 = 5,
    FIRST_WAIT_SECONDS = 1800,
    WAIT_SECONDS = 36 * 3600,
    STAY_SECONDS_LEAST = 3600,
    MOVE_SECONDS = 600
};

static void set_texts(struct pal_block_column *column,
                      const struct pal_sim_texts *texts)
{
    column->texts = texts->texts;
    column->text_count = texts->count;
}

size_t pal_sim_stint_columns(const struct pal_simulate_world *world,
                             struct pal_block_column *columns)
{
    (void)world;
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        columns[i] =
            (struct pal_block_column){.name = names[i], .kind = PAL_COLUMN_CODE};
    }
    columns[STAY_IN].kind = PAL_COLUMN_SECOND;
    columns[IN].kind = PAL_COLUMN_SECOND;
    columns[OUT].kind = PAL_COLUMN_SECOND;
    columns[STAY_OUT].kind = PAL_COLUMN_SECOND;
    columns[BIRTH_YEAR].kind = PAL_COLUMN_INTEGER;
    columns[IDENTIFIER].kind = PAL_COLUMN_TEXT;
    columns[IDENTIFIER].width = PAL_SIM_ID_WIDTH;
    set_texts(&columns[FACILITY], &pal_sim_facilities);
    set_texts(&columns[FACILITY_CODE], &pal_sim_facility_codes);
    set_texts(&columns[RELEASE_REASON], &pal_sim_releases);
    set_texts(&columns[STAY_REASON], &pal_sim_releases);
    set_texts(&columns[GENDER], &pal_sim_genders);
    set_texts(&columns[BIRTH_DATE], &pal_sim_marks);
    set_texts(&columns[CRIMINALITY], &pal_sim_criminalities);
    set_texts(&columns[CITIZENSHIP], &pal_sim_citizenships);
    set_texts(&columns[ALIEN_NUMBER], &pal_sim_marks);
    return COLUMN_COUNT;
}

struct stay {
    int64_t in;
    int64_t out;
    int spell_count;
    uint64_t spells; /* a word for facilities and repeated rows */
    uint8_t reason;
};

static bool stay_of(const struct pal_simulate_rows *rows,
                    const struct pal_sim_arrest *arrest, struct stay *stay)
{
    uint64_t word = pal_sim_arrest_word(arrest, PAL_SIM_WORD_STAY);
    if (!pal_sim_third(word, 0, rows->thresholds[PAL_SIM_SHARE_CUSTODY])) {
        return false;
    }
    uint64_t length = pal_sim_arrest_word(arrest, PAL_SIM_WORD_LENGTH);
    stay->spells = pal_sim_arrest_word(arrest, PAL_SIM_WORD_SPELLS);
    stay->in = arrest->second + FIRST_WAIT_SECONDS +
               pal_sim_below((uint32_t)(word >> 32), WAIT_SECONDS);
    double days = pal_sim_quantile(stay_quantiles, STAY_LOG2, (uint32_t)length);
    stay->out = stay->in + (int64_t)(days * PAL_SIM_SECONDS_A_DAY) + STAY_SECONDS_LEAST;
    stay->spell_count =
        1 + (int)pal_sim_below((uint32_t)(length >> 32), PAL_SIM_SPELL_MAX);
    stay->reason = pal_sim_alias_draw(&rows->world->lists.release,
                                      (uint32_t)pal_sim_word(stay->spells, 0));
    return true;
}

static uint8_t *codes(struct pal_simulate_rows *rows, enum column which)
{
    return rows->values[which];
}

static int64_t *seconds(struct pal_simulate_rows *rows, enum column which)
{
    return rows->values[which];
}

static void put_person(struct pal_simulate_rows *rows,
                       const struct pal_sim_arrest *arrest, size_t at)
{
    const struct pal_simulate_world *world = rows->world;
    struct pal_sim_person person = pal_sim_person_of(world, arrest->number);
    uint8_t mark = pal_sim_mark_draw(rows->thresholds[PAL_SIM_SHARE_MIXED],
                                     pal_sim_arrest_word(arrest, PAL_SIM_WORD_MARK));
    codes(rows, GENDER)[at] = person.gender;
    codes(rows, CRIMINALITY)[at] = person.criminality;
    codes(rows, CITIZENSHIP)[at] = person.citizenship;
    codes(rows, BIRTH_DATE)[at] = mark;
    codes(rows, ALIEN_NUMBER)[at] = mark;
    ((int32_t *)rows->values[BIRTH_YEAR])[at] = person.birth_year;
    char *id = (char *)rows->values[IDENTIFIER] + at * PAL_SIM_ID_WIDTH;
    if (pal_sim_third(pal_sim_arrest_word(arrest, PAL_SIM_WORD_BLANKS), 0,
                      rows->thresholds[PAL_SIM_SHARE_WITHOUT_ID])) {
        id[0] = '\0';
    } else {
        pal_sim_pseudonym(world, person.number, id);
    }
}

static int64_t or_none(int64_t second, int64_t end)
{
    return second < end ? second : PAL_SECOND_NONE;
}

/* One spell; a repeated row is equal in everything. */
static void put_spell(struct pal_simulate_rows *rows,
                      const struct pal_sim_arrest *arrest, const struct stay *stay,
                      int spell, int64_t in, int64_t out)
{
    const struct pal_simulate_world *world = rows->world;
    int64_t end = ((int64_t)world->spec->last + 1) * PAL_SIM_SECONDS_A_DAY;
    uint64_t word = pal_sim_word(stay->spells, (uint64_t)spell + 1);
    int copies =
        pal_sim_third(word, 0, rows->thresholds[PAL_SIM_SHARE_STINT_DUPLICATE]) ? 2 : 1;
    uint8_t facility =
        pal_sim_alias_draw(&world->lists.facility, (uint32_t)(word >> 32));
    bool is_last = spell + 1 == stay->spell_count;
    int64_t *tally =
        pal_sim_tally_at(rows, arrest->area, (int32_t)(in / PAL_SIM_SECONDS_A_DAY));
    for (int i = 0; i < copies; i++) {
        size_t at = rows->row_count++;
        put_person(rows, arrest, at);
        seconds(rows, STAY_IN)[at] = stay->in;
        seconds(rows, IN)[at] = in;
        seconds(rows, OUT)[at] = or_none(out, end);
        seconds(rows, STAY_OUT)[at] = or_none(stay->out, end);
        codes(rows, FACILITY)[at] = facility;
        codes(rows, FACILITY_CODE)[at] = facility;
        codes(rows, RELEASE_REASON)[at] =
            (uint8_t)(out >= end ? 0
                      : is_last  ? stay->reason
                                 : PAL_SIM_RELEASE_TRANSFERRED);
        codes(rows, STAY_REASON)[at] = (uint8_t)(stay->out >= end ? 0 : stay->reason);
        tally[PAL_SIM_TALLY_STINT_ROWS]++;
    }
    if (spell == 0) {
        tally[PAL_SIM_TALLY_STAYS]++;
        tally[PAL_SIM_TALLY_STILL_HELD] += stay->out >= end ? 1 : 0;
    }
}

static void put_stay(struct pal_simulate_rows *rows,
                     const struct pal_sim_arrest *arrest, const struct stay *stay)
{
    int64_t first = (int64_t)rows->first * PAL_SIM_SECONDS_A_DAY;
    int64_t end = ((int64_t)rows->last + 1) * PAL_SIM_SECONDS_A_DAY;
    int64_t in = stay->in;
    for (int i = 0; i < stay->spell_count && in < end; i++) {
        int left = stay->spell_count - i;
        int64_t out = left == 1 ? stay->out : in + (stay->out - in) / left;
        if (in >= first) {
            put_spell(rows, arrest, stay, i, in, out);
        }
        in = out + MOVE_SECONDS;
    }
}

void pal_sim_stint_block(struct pal_simulate_rows *rows)
{
    struct pal_sim_arrest arrest;
    struct stay stay;
    rows->row_count = 0;
    while (rows->row_count < PAL_SIM_BLOCK_EVENTS &&
           pal_sim_next_arrest(&rows->walk, &arrest)) {
        if (stay_of(rows, &arrest, &stay)) {
            put_stay(rows, &arrest, &stay);
        }
    }
}
