package dev.socketio.protocol;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/** The JSON mapper of a server: what it reads comes from strangers and has limits, whoever has configured it. */
public final class Json {

    /** Deeper than any program nests its messages, and shallow enough for every stack. */
    private static final int MAX_DEPTH = 500;

    /** More than any number needs, and too few for arithmetic that takes long. */
    private static final int MAX_DIGITS = 1_000;

    private Json() {}

    /**
     * Creates the mapper of a server whose user has not given one. It leaves unknown properties alone, since clients may
     * be newer than the server; it knows {@code Optional} and the types of {@code java.time}, which it writes as JavaScript
     * does, in ISO 8601, and reads from that or from the milliseconds of {@code Date.now()}.
     *
     * @param maxPayload the longest string that a client can send, in bytes
     */
    public static ObjectMapper mapper(int maxPayload) {
        ObjectMapper mapper = JsonMapper.builder()
                .addModule(new Jdk8Module())
                .addModule(new JavaTimeModule())
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.READ_DATE_TIMESTAMPS_AS_NANOSECONDS)
                .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .build();
        return limit(mapper, maxPayload);
    }

    /**
     * Copies a mapper that a user has configured.
     *
     * @throws IllegalArgumentException if it reads and writes something else than JSON, or cannot be copied
     */
    public static ObjectMapper copy(ObjectMapper mapper) {
        String format = requireNonNull(mapper, "objectMapper").getFactory().getFormatName();
        if (!JsonFactory.FORMAT_NAME_JSON.equals(format)) {
            throw new IllegalArgumentException("objectMapper writes " + format + ": give one that writes JSON");
        }
        try {
            return mapper.copy();
        } catch (IllegalStateException e) {
            throw new IllegalArgumentException(
                    "objectMapper is a " + mapper.getClass().getName() + ": give one whose class overrides copy()", e);
        }
    }

    /**
     * Copies a mapper that a user has configured, and sets limits to what the copy reads: its own for depth and digits
     * if they are stricter than ours; strings may be as long as a message.
     *
     * @param maxPayload the longest string that a client can send, in bytes
     * @throws IllegalArgumentException as {@link #copy} does
     */
    public static ObjectMapper limited(ObjectMapper mapper, int maxPayload) {
        return limit(copy(mapper), maxPayload);
    }

    private static ObjectMapper limit(ObjectMapper mapper, int maxPayload) {
        StreamReadConstraints own = mapper.getFactory().streamReadConstraints();
        StreamReadConstraints limits = own.rebuild()
                .maxNestingDepth(Math.min(own.getMaxNestingDepth(), MAX_DEPTH))
                .maxNumberLength(Math.min(own.getMaxNumberLength(), MAX_DIGITS))
                .maxStringLength(maxPayload)
                .build();
        mapper.getFactory().setStreamReadConstraints(limits);
        // the default keeps buffers with the container's threads, which outlive the web application and hold all of it
        mapper.getFactory().setRecyclerPool(JsonRecyclerPools.newConcurrentDequePool());
        StandardJson.note(mapper);
        return mapper;
    }
}
