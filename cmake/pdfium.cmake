# PDFium, which reads the text of a pdf: an installed library first, else the pinned one that
# tools/setup puts into .deps/pdfium. Its few calls are declared in third_party/pdfium.
set(PAL_PDFIUM_DIR "" CACHE PATH "folder with libpdfium.so")
find_library(PAL_PDFIUM_LIBRARY pdfium
    HINTS ${PAL_PDFIUM_DIR} PATHS ${CMAKE_SOURCE_DIR}/.deps/pdfium)
if(NOT PAL_PDFIUM_LIBRARY)
    message(FATAL_ERROR "libpdfium.so not found: run tools/setup, or set PAL_PDFIUM_DIR")
endif()
get_filename_component(pal_pdfium_folder ${PAL_PDFIUM_LIBRARY} DIRECTORY)
add_library(pdfium SHARED IMPORTED)
set_target_properties(pdfium PROPERTIES
    IMPORTED_LOCATION ${PAL_PDFIUM_LIBRARY}
    IMPORTED_NO_SONAME OFF
    INTERFACE_INCLUDE_DIRECTORIES ${CMAKE_SOURCE_DIR}/third_party/pdfium)
