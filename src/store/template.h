/*
 * A new study as a copy of one that was made with the program. Private to room store.
 */
#ifndef PAL_STORE_TEMPLATE_H
#define PAL_STORE_TEMPLATE_H

/* Puts a study without rows and marks at `path`, where nothing is yet. Does nothing where it
 * cannot: then the engine makes an empty file, and the scripts fill it. */
void pal_template_place(const char *path);

#endif
