/* replay.c: a main() for the fuzz targets that runs them once for each file named, without a fuzzing engine. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int replay(const char *path)
{
	FILE *f = fopen(path, "rb");
	if (!f) {
		perror(path);
		return 1;
	}
	uint8_t *data = NULL;
	size_t size = 0;
	size_t cap = 0;
	int status = 0;
	while (!feof(f) && !ferror(f)) {
		if (size == cap) {
			cap = cap ? cap * 2 : 4096;
			uint8_t *grown = realloc(data, cap);
			if (!grown) {
				status = 1;
				break;
			}
			data = grown;
		}
		size += fread(data + size, 1, cap - size, f);
	}
	status |= ferror(f) != 0;
	(void)fclose(f);
	/* Exactly as large as the input, so that a reading past the end is seen. */
	uint8_t *exact = status ? NULL : realloc(data, size ? size : 1);
	if (!exact) {
		free(data);
		(void)fprintf(stderr, "%s: cannot be read\n", path);
		return 1;
	}
	(void)LLVMFuzzerTestOneInput(exact, size);
	free(exact);
	return 0;
}

int main(int argc, char **argv)
{
	int status = 0;
	for (int i = 1; i < argc; i++)
		status |= replay(argv[i]);
	return status;
}
