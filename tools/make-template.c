/*
 * make-template OUT SCHEMA.sql...: a study without rows, packed for the program to carry.
 *
 * The scripts of the schema take an eighth of a second, most of it for a thousand small
 * changes of the catalog; a file that has gone through them opens in a few milliseconds. So
 * they are run once, here, when the program is built. The packed form is what
 * src/store/template.c reads: the version of the library that made it, then each stretch of
 * the file that is not zero behind its place and size, at last the size of the file.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <duckdb.h>

enum { UNIT = 64, VERSION_SIZE = 32, SCRIPT_SIZE_MAX = 1 << 20 };

static int complain(const char *what, const char *why)
{
    (void)fprintf(stderr, "make-template: %s: %s\n", what, why == NULL ? "failed" : why);
    return 1;
}

/* The caller frees it; NULL when it cannot be read. */
static char *read_script(const char *path)
{
    FILE *file = fopen(path, "rb");
    char *text = file == NULL ? NULL : calloc(1, SCRIPT_SIZE_MAX);
    if (text != NULL && fread(text, 1, SCRIPT_SIZE_MAX - 1, file) == 0) {
        free(text);
        text = NULL;
    }
    if (file != NULL) {
        (void)fclose(file);
    }
    return text;
}

static int run(duckdb_connection connection, const char *text, const char *name)
{
    duckdb_result result;
    int failed = 0;
    if (duckdb_query(connection, text, &result) != DuckDBSuccess) {
        failed = complain(name, duckdb_result_error(&result));
    }
    duckdb_destroy_result(&result);
    return failed;
}

static int fill(duckdb_connection connection, char **scripts, int script_count)
{
    int failed = run(connection, "SET threads = 1", "threads") ||
                 run(connection, "BEGIN TRANSACTION", "begin");
    for (int i = 0; !failed && i < script_count; i++) {
        char *text = read_script(scripts[i]);
        failed = text == NULL ? complain(scripts[i], "cannot be read")
                              : run(connection, text, scripts[i]);
        free(text);
    }
    return failed || run(connection, "COMMIT", "commit") ||
           run(connection, "CHECKPOINT", "checkpoint");
}

static int make(const char *path, char **scripts, int script_count)
{
    duckdb_database database = NULL;
    duckdb_connection connection = NULL;
    duckdb_config config = NULL;
    (void)remove(path);
    /* As src/store/engine.c opens a study. */
    if (duckdb_create_config(&config) != DuckDBSuccess ||
        duckdb_set_config(config, "storage_compatibility_version", "v1.1.0") !=
            DuckDBSuccess ||
        duckdb_open_ext(path, &database, config, NULL) != DuckDBSuccess ||
        duckdb_connect(database, &connection) != DuckDBSuccess) {
        return complain(path, "the library does not open it");
    }
    duckdb_destroy_config(&config);
    int failed = fill(connection, scripts, script_count);
    duckdb_disconnect(&connection);
    duckdb_close(&database);
    return failed;
}

static void put_number(FILE *out, uint64_t number)
{
    for (int i = 0; i < 8; i++) {
        (void)fputc((int)(number >> (8 * i) & 0xff), out);
    }
}

static bool is_zero(const unsigned char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] != 0) {
            return false;
        }
    }
    return true;
}

static void put_stretches(FILE *out, const unsigned char *bytes, size_t size)
{
    size_t at = 0;
    while (at < size) {
        size_t end = at;
        while (end < size && !is_zero(bytes + end, size - end < UNIT ? size - end : UNIT)) {
            end += size - end < UNIT ? size - end : UNIT;
        }
        if (end > at) {
            put_number(out, at);
            put_number(out, end - at);
            (void)fwrite(bytes + at, 1, end - at, out);
        }
        at = end + UNIT;
    }
    put_number(out, size);
    put_number(out, 0);
}

static int pack(const char *from, const char *to)
{
    char version[VERSION_SIZE] = {0};
    FILE *in = fopen(from, "rb");
    FILE *out = fopen(to, "wb");
    unsigned char *bytes = NULL;
    long size = -1;
    int failed = in == NULL || out == NULL || fseek(in, 0, SEEK_END) != 0;
    if (!failed) {
        size = ftell(in);
        rewind(in);
        bytes = size > 0 ? malloc((size_t)size) : NULL;
        failed = bytes == NULL || fread(bytes, 1, (size_t)size, in) != (size_t)size;
    }
    if (!failed) {
        (void)snprintf(version, sizeof version, "%s", duckdb_library_version());
        (void)fwrite(version, 1, sizeof version, out);
        put_stretches(out, bytes, (size_t)size);
    }
    free(bytes);
    if (in != NULL) {
        (void)fclose(in);
    }
    if (out != NULL) {
        failed = fclose(out) != 0 || failed;
    }
    return failed ? complain(to, "cannot be written") : 0;
}

int main(int count, char **arguments)
{
    char study[4096];
    if (count < 3) {
        return complain("usage", "make-template OUT SCHEMA.sql...");
    }
    (void)snprintf(study, sizeof study, "%s.study", arguments[1]);
    int failed = make(study, arguments + 2, count - 2) || pack(study, arguments[1]);
    (void)remove(study);
    return failed;
}
