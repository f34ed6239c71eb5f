/*
 * Averages over decomposable graphs: Madigan & York, Biometrika 84 (1997) 19; Johndrow, Lum
 * & Ball's R package dga. With a hyper-Dirichlet prior that puts delta on each full cell,
 *   log p(n | N, G) = sum over cliques M - sum over separators M
 *                     + lgamma(2^t delta) - lgamma(N + 2^t delta) + log multinomial,
 *   M(s) = sum over the cells of the margin s of lgamma(count + d) - lgamma(d),
 *   d = delta 2^(t - |s|),
 * where a graph in parts has empty separators (that is why the middle term stands once). All
 * graphs are equally likely before, and p(N) is proportional to 1 / N.
 */
#include "stat/undercount.h"

#include <math.h>
#include <string.h>

#include "stat/special.h"

#define MARGIN_MAX ((size_t)1 << 27) /* values of all margins, 1 GB */

struct graph {
    unsigned neighbours[PAL_LIST_MAX];
    unsigned cliques[PAL_LIST_MAX];
    unsigned separators[PAL_LIST_MAX];
    size_t clique_count; /* separators: one fewer */
};

static unsigned bit_count(unsigned mask)
{
    unsigned count = 0;
    for (; mask != 0; mask &= mask - 1) {
        count++;
    }
    return count;
}

static bool is_complete(const struct graph *graph, unsigned set)
{
    for (unsigned v = 0; v < PAL_LIST_MAX; v++) {
        if ((set >> v & 1u) != 0 && (set & ~graph->neighbours[v] & ~(1u << v)) != 0) {
            return false;
        }
    }
    return true;
}

/* Maximum cardinality search (Tarjan & Yannakakis 1984): false when not decomposable. */
static bool decompose(struct graph *graph, size_t list_count)
{
    unsigned done = 0;
    unsigned before = 0; /* clique of the vertex before */
    graph->clique_count = 0;
    for (size_t step = 0; step < list_count; step++) {
        unsigned best = 0;
        unsigned best_links = 0;
        bool has_best = false;
        for (unsigned v = 0; v < list_count; v++) {
            unsigned links = bit_count(graph->neighbours[v] & done);
            if ((done >> v & 1u) == 0 && (!has_best || links > best_links)) {
                best = v;
                best_links = links;
                has_best = true;
            }
        }
        unsigned links = graph->neighbours[best] & done;
        if (!is_complete(graph, links)) {
            return false;
        }
        unsigned clique = links | 1u << best;
        if (step > 0 && bit_count(links) == bit_count(before)) {
            graph->cliques[graph->clique_count - 1] = clique;
        } else {
            if (step > 0) {
                graph->separators[graph->clique_count - 1] = links;
            }
            graph->cliques[graph->clique_count++] = clique;
        }
        before = clique;
        done |= 1u << best;
    }
    return true;
}

static bool make_graph(unsigned edges, size_t list_count, struct graph *out,
                       char name[64])
{
    unsigned edge = 0;
    size_t at = 0;
    *out = (struct graph){.clique_count = 0};
    for (unsigned a = 0; a < list_count; a++) {
        for (unsigned b = a + 1; b < list_count; b++, edge++) {
            if ((edges >> edge & 1u) == 0) {
                continue;
            }
            out->neighbours[a] |= 1u << b;
            out->neighbours[b] |= 1u << a;
            if (at > 0) {
                name[at++] = ' ';
            }
            name[at++] = (char)('1' + a);
            name[at++] = '-';
            name[at++] = (char)('1' + b);
        }
    }
    name[at] = '\0';
    if (at == 0) {
        memcpy(name, "independence", sizeof "independence");
    }
    return decompose(out, list_count);
}

/* M(s) without the one cell that the missed are in, whose count is given back. */
static double margin(const struct pal_list_counts *lists, unsigned set, double d,
                     double *empty_count)
{
    double counts[PAL_LIST_CELL_MAX] = {0};
    for (unsigned cell = 1; cell < 1u << lists->list_count; cell++) {
        counts[cell & set] += lists->counts[cell];
    }
    double sum = 0.0;
    double zero = pal_log_gamma(d);
    for (unsigned cell = 1; cell < 1u << lists->list_count; cell++) {
        if ((cell & ~set) == 0) {
            sum += pal_log_gamma(counts[cell] + d) - zero;
        }
    }
    *empty_count = counts[0];
    return sum - zero;
}

/* One graph's values for every number of missed. */
struct column {
    const double *common;
    const double *margins; /* M(s) of each set s, for every number of missed */
    double *log_value;
    size_t count;
    double most; /* largest log value of any graph */
};

/* M(s) for every number of missed: the same sets come back in many graphs. */
static void fill_margins(const struct pal_list_counts *lists, double delta,
                         size_t count, double *margins)
{
    for (unsigned set = 0; set < 1u << lists->list_count; set++) {
        double d = delta * (double)(1u << (lists->list_count - bit_count(set)));
        double empty;
        double fixed = margin(lists, set, d, &empty);
        for (size_t k = 0; k < count; k++) {
            margins[set * count + k] = fixed + pal_log_gamma(empty + (double)k + d);
        }
    }
}

/* Adds sign * M(s) for every number of missed. */
static void add_margin(unsigned set, double sign, const struct column *column)
{
    const double *margins = column->margins + set * column->count;
    for (size_t k = 0; k < column->count; k++) {
        column->log_value[k] += sign * margins[k];
    }
}

/* What all graphs share: the multinomial, the normalising constant, the prior of N. */
static void common_part(const struct pal_list_counts *lists, double delta, double n,
                        double *log_value, size_t count)
{
    double fixed = 0.0;
    double all = delta * (double)(1u << lists->list_count);
    for (size_t cell = 1; cell < (size_t)1 << lists->list_count; cell++) {
        fixed -= pal_log_gamma(lists->counts[cell] + 1.0);
    }
    fixed += pal_log_gamma(all);
    for (size_t k = 0; k < count; k++) {
        double missed = (double)k;
        log_value[k] = fixed + pal_log_gamma(n + missed + 1.0) -
                       pal_log_gamma(missed + 1.0) - pal_log_gamma(n + missed + all) -
                       log(n + missed);
    }
}

static void summarise(struct pal_list_average *out, double n)
{
    double sum = 0.0;
    double square = 0.0;
    double below = 0.0;
    double *const wanted[3] = {&out->low, &out->median, &out->high};
    static const double shares[3] = {0.025, 0.5, 0.975};
    size_t next = 0;
    for (size_t k = 0; k <= out->missed_max; k++) {
        sum += out->missed[k] * (double)k;
        below += out->missed[k];
        while (next < 3 && below >= shares[next]) {
            *wanted[next++] = n + (double)k;
        }
    }
    for (size_t k = 0; k <= out->missed_max; k++) {
        square += out->missed[k] * ((double)k - sum) * ((double)k - sum);
    }
    out->mean = n + sum;
    out->sd = sqrt(square);
    out->last = out->missed[out->missed_max];
}

static void add_graph(const struct graph *graph, const struct column *column)
{
    memcpy(column->log_value, column->common, column->count * sizeof(double));
    for (size_t c = 0; c < graph->clique_count; c++) {
        add_margin(graph->cliques[c], 1.0, column);
        if (c > 0) {
            add_margin(graph->separators[c - 1], -1.0, column);
        }
    }
}

static double add_values(const struct column *column, double *missed)
{
    double share = 0.0;
    for (size_t k = 0; k < column->count; k++) {
        double value = exp(column->log_value[k] - column->most);
        missed[k] += value;
        share += value;
    }
    return share;
}

/* Goes over the graphs twice: first for the largest log value, so that no exponential
 * overflows. */
static void average(size_t list_count, struct column *column,
                    struct pal_list_average *out)
{
    unsigned edge_sets = 1u << (list_count * (list_count - 1) / 2);
    double total = 0.0;
    column->most = -(double)INFINITY;
    for (unsigned step = 0; step < 2 * edge_sets; step++) {
        struct graph graph;
        char name[64];
        out->graph_count = step == edge_sets ? 0 : out->graph_count;
        if (!make_graph(step % edge_sets, list_count, &graph, name)) {
            continue;
        }
        add_graph(&graph, column);
        double share = 0.0;
        if (step < edge_sets) {
            for (size_t k = 0; k < column->count; k++) {
                column->most = fmax(column->most, column->log_value[k]);
            }
        } else {
            share = add_values(column, out->missed);
        }
        total += share;
        memcpy(out->graph_name[out->graph_count], name, sizeof name);
        out->graph_share[out->graph_count++] = share;
    }
    for (size_t k = 0; k < column->count; k++) {
        out->missed[k] /= total;
    }
    for (size_t g = 0; g < out->graph_count; g++) {
        out->graph_share[g] /= total;
    }
}

pal_status pal_list_average(const struct pal_list_counts *lists, double delta,
                            size_t missed_max, struct pal_arena *arena,
                            struct pal_list_average **out, struct pal_error *err)
{
    void *memory[5] = {NULL};
    size_t count = missed_max + 1;
    double n = 0.0;
    *out = NULL;
    if (lists->list_count < 2 || lists->list_count > PAL_LIST_MAX || !(delta > 0) ||
        missed_max > 100000000) {
        return pal_fail(
            err, PAL_INPUT,
            "%zu lists, delta %g, up to %zu missed: 2 to %d lists and a delta "
            "above 0 are needed",
            lists->list_count, delta, missed_max, PAL_LIST_MAX);
    }
    for (size_t cell = 1; cell < (size_t)1 << lists->list_count; cell++) {
        if (!(lists->counts[cell] >= 0) || isinf(lists->counts[cell])) {
            return pal_fail(err, PAL_INPUT, "cell %zu of the lists is no count", cell);
        }
        n += lists->counts[cell];
    }
    if (!(n > 0)) {
        return pal_fail(err, PAL_INPUT, "nobody is on any list");
    }
    size_t set_count = (size_t)1 << lists->list_count;
    if (count > MARGIN_MAX / set_count) {
        return pal_fail(err, PAL_LIMIT,
                        "%zu missed people are too many for %zu lists; at most %zu",
                        missed_max, lists->list_count, MARGIN_MAX / set_count - 1);
    }
    const size_t counts[5] = {count, count, count, 1, count * set_count};
    for (size_t k = 0; k < 5; k++) {
        pal_status status = pal_arena_alloc(
            arena, counts[k], k == 3 ? sizeof **out : sizeof(double), &memory[k], err);
        if (status != PAL_OK) {
            return status;
        }
    }
    struct pal_list_average *result = memory[3];
    result->missed = memory[0];
    result->missed_max = missed_max;
    common_part(lists, delta, n, memory[1], count);
    fill_margins(lists, delta, count, memory[4]);
    struct column column = {memory[1], memory[4], memory[2], count, 0.0};
    average(lists->list_count, &column, result);
    summarise(result, n);
    *out = result;
    return PAL_OK;
}
