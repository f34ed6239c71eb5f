#include "app/import_reader.h"

static bool is_known(const struct pal_reader *reader, struct pal_view hex)
{
    for (size_t i = 0; i < reader->known_count; i++) {
        if (pal_view_is_equal(hex, pal_view_of(reader->known[i].hex))) {
            return true;
        }
    }
    return false;
}

static pal_status open_file(struct pal_reader *reader, struct pal_load *load)
{
    const struct pal_import_wish *wish = &reader->wishes[reader->file];
    struct pal_read_file *file = &reader->files[reader->file];
    load->kind = PAL_LOAD_FILE;
    pal_status st = reader->file == 0 && reader->first != NULL
                        ? pal_prefetch_take(reader->first, &file->intake, &reader->err)
                        : pal_intake_open(wish->path, &file->intake, &reader->err);
    if (st != PAL_OK) {
        return st;
    }
    file->digest = pal_intake_borrow_info(file->intake)->digest;
    if (is_known(reader, pal_intake_borrow_hex(file->intake))) {
        load->kind = PAL_LOAD_KNOWN;
        reader->file++;
        return PAL_OK;
    }
    pal_digest_hex(&file->digest, reader->known[reader->known_count].hex);
    reader->known_count++;
    reader->is_in_file = true;
    reader->sheet = 0;
    if (wish->release != NULL) {
        pal_buffer_append_text(&file->release, wish->release);
        return pal_buffer_status(&file->release, &reader->err);
    }
    return pal_intake_release(file->intake, reader->dictionary, &file->release,
                              &reader->err);
}

static pal_status begin_sheet(struct pal_reader *reader)
{
    struct pal_read_file *file = &reader->files[reader->file];
    struct pal_row_stream *rows = NULL;
    if (reader->reads_ahead) {
        pal_intake_read_ahead(file->intake);
    }
    pal_status st =
        pal_intake_open_sheet(file->intake, reader->sheet, &rows, &reader->err);
    if (st != PAL_OK) {
        return st;
    }
    const struct pal_sheet_info *sheet =
        &pal_intake_borrow_info(file->intake)->sheets[reader->sheet];
    const struct pal_harvest_options options = {
        .sheet = sheet->name,
        .is_1904 = sheet->is_1904,
        .release = pal_buffer_view(&file->release),
        .digest_hex = pal_intake_borrow_hex(file->intake),
        .key = reader->key,
        .keep_ids = reader->keep_ids,
    };
    reader->is_sheet_end = false;
    return pal_harvest_open(reader->dictionary, rows, reader->terms, &options,
                            &reader->harvest, &reader->err);
}

static pal_status read_file(struct pal_reader *reader, struct pal_load *load)
{
    struct pal_intake *intake = reader->files[reader->file].intake;
    pal_status st = PAL_OK;
    load->sheet = reader->sheet;
    if (reader->harvest == NULL &&
        reader->sheet == pal_intake_borrow_info(intake)->sheet_count) {
        load->kind = PAL_LOAD_FILE_END;
        reader->is_in_file = false;
        reader->file++;
    } else if (reader->harvest == NULL) {
        load->kind = PAL_LOAD_SHEET;
        st = begin_sheet(reader);
        load->harvest = reader->harvest;
    } else if (reader->is_sheet_end) {
        pal_intake_close_sheet(intake);
        load->kind = PAL_LOAD_END;
        load->harvest = reader->harvest;
        reader->harvest = NULL;
        reader->sheet++;
    } else {
        load->kind = PAL_LOAD_BATCH;
        st = pal_harvest_next(reader->harvest, load->batch, &reader->is_sheet_end,
                              &reader->err);
    }
    load->bytes_read = pal_intake_bytes_read(intake);
    return st;
}

void pal_reader_next(struct pal_reader *reader, struct pal_load *load)
{
    pal_status st = PAL_OK;
    load->file = reader->file;
    load->bytes_read = 0;
    if (reader->is_in_file) {
        st = read_file(reader, load);
    } else if (reader->file == reader->file_count) {
        load->kind = PAL_LOAD_DONE;
    } else {
        st = open_file(reader, load);
    }
    if (st != PAL_OK) {
        reader->err.status = st;
        load->kind = PAL_LOAD_FAILED;
    }
}

bool pal_load_is_last(const struct pal_load *load)
{
    return load->kind == PAL_LOAD_DONE || load->kind == PAL_LOAD_FAILED;
}

void pal_reader_clear(struct pal_reader *reader)
{
    pal_harvest_close(reader->harvest);
    for (size_t i = 0; reader->files != NULL && i < reader->file_count; i++) {
        pal_intake_close(reader->files[i].intake);
        pal_buffer_clear(&reader->files[i].release);
    }
    pal_free(reader->files);
    pal_free(reader->known);
}
