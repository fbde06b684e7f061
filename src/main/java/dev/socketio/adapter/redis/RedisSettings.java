package dev.socketio.adapter.redis;

import java.time.Duration;

/**
 * How to reach Redis, and what to do while it cannot be reached; {@link RedisAdapter.Builder} tells what each means.
 *
 * @param uri has been checked
 */
record RedisSettings(RedisAddress uri, boolean required, Duration connectTimeout, int maxWaitingBytes) {}
