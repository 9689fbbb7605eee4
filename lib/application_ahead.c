/* application_ahead.c: a large file is read by a thread of its own, while who is new in what it has read is stored: each takes about as long as the
 * other. The reader touches neither the store nor the context that asks it; rows change hands a batch at a time. */
#include "application.h"

#include <pthread.h>
#include <signal.h>

enum { BATCH = 4096, SMALL = 256 << 10 }; /* rows; bytes for which a thread does not pay */

struct ahead {
	struct import *import;
	pthread_mutex_t lock;
	pthread_cond_t more;
	/* under the lock: */
	struct application **end; /* where what may be taken ends */
	bool finished, stopped;
	enum mentor_status status; /* of reading, once that has finished */
};

/* Hands over what has been read. False when nobody wants more. */
static bool hand_over(struct ahead *a, bool finished, enum mentor_status status)
{
	pthread_mutex_lock(&a->lock);
	a->end = a->import->end;
	a->finished = finished;
	a->status = status;
	const bool wanted = !a->stopped;
	pthread_cond_signal(&a->more);
	pthread_mutex_unlock(&a->lock);
	return wanted;
}

static void *read_rows(void *arg)
{
	struct ahead *a = arg;
	enum mentor_status status = MENTOR_OK;
	bool more = true;
	for (size_t n = 1; !status && more; n++) {
		status = application_read(a->import, &more);
		if (n % BATCH == 0 && !hand_over(a, false, status))
			break;
	}
	hand_over(a, true, status);
	return NULL;
}

/* Waits for rows behind `at`. Returns where they end: there, when there are no more. */
static struct application **wait_for_rows(struct ahead *a, struct application **at)
{
	pthread_mutex_lock(&a->lock);
	while (a->end == at && !a->finished)
		pthread_cond_wait(&a->more, &a->lock);
	struct application **end = a->end;
	pthread_mutex_unlock(&a->lock);
	return end;
}

static bool is_spoiled(const struct import *i, struct application **from, struct application **end)
{
	bool spoiled = false;
	for APPLICATIONS(a, from, end)
		spoiled |= !(*a)->sound && !i->keep_going;
	return spoiled;
}

/* Once a row is wrong nothing will be imported: the rest is looked at for its mistakes only. */
static enum mentor_status take_rows(struct ahead *a, size_t len)
{
	struct import *i = a->import;
	enum mentor_status status = application_load_people(i, len);
	bool spoiled = false;
	for (struct application **at = &i->first, **end; !status && (end = wait_for_rows(a, at)) != at; at = end) {
		spoiled = spoiled || is_spoiled(i, at, end);
		status = application_recognise(i, at, end);
		if (!status && !spoiled)
			status = application_store_new(i, at, end);
	}
	return status;
}

/* Signals are for the thread that began. */
static bool begin_thread(struct ahead *a, pthread_t *ret)
{
	sigset_t all, before;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	bool begun = pthread_create(ret, NULL, read_rows, a) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return begun;
}

static enum mentor_status stop(struct ahead *a, enum mentor_status status)
{
	pthread_mutex_lock(&a->lock);
	a->stopped = status != MENTOR_OK;
	pthread_mutex_unlock(&a->lock);
	return status;
}

enum mentor_status application_take_in(struct import *i, size_t len)
{
	struct ahead a = { .import = i, .lock = PTHREAD_MUTEX_INITIALIZER, .more = PTHREAD_COND_INITIALIZER, .end = &i->first };
	pthread_t reader;
	enum mentor_status status;
	if (len > SMALL && begin_thread(&a, &reader)) {
		status = stop(&a, take_rows(&a, len));
		pthread_join(reader, NULL);
	} else {
		read_rows(&a);
		status = take_rows(&a, len);
	}
	if (status)
		return status;
	context_take(i->m, i->reader);
	return a.status;
}
