SELECT {columns} FROM {part}
