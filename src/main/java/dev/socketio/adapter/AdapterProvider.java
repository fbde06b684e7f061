package dev.socketio.adapter;

import java.util.Map;
import java.util.Set;

/**
 * Makes adapters of an operator's options, so that a cluster needs no code in the application:
 * {@code socketio.adapter=redis}. Found by {@link java.util.ServiceLoader}.
 */
public interface AdapterProvider {

    /** Returns the values of the option {@code adapter} that this is for, such as {@code redis}. */
    Set<String> adapters();

    /** Returns the options that this takes, each with its prefix, such as {@code redis.uri}. */
    Set<String> options();

    /**
     * Makes the adapter.
     *
     * @param adapter one of {@link #adapters}
     * @param options by name, those of {@link #options} that have been set
     * @throws IllegalArgumentException if one is malformed or missing; the message names it and the fix
     */
    Adapter.Factory create(String adapter, Map<String, String> options);
}
