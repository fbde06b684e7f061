package dev.socketio.adapter;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.socketio.time.Scheduler;
import java.util.concurrent.Executor;

/**
 * What a server gives to those who make its adapters.
 *
 * @param scheduler the server's timers
 * @param executor where futures are completed whose users may block; never refuses a task
 * @param json reads and writes arguments as the server does
 */
public record AdapterContext(Scheduler scheduler, Executor executor, ObjectMapper json) {}
