package dev.socketio.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The JSON mapper of a server whose user has not given one. */
public final class Json {

    /** Deeper than any program nests its messages, and shallow enough for every stack. */
    private static final int MAX_DEPTH = 500;

    private Json() {}

    /**
     * Creates a mapper that leaves unknown properties alone, since clients may be newer than the server.
     *
     * @param maxPayload the longest string that a client can send, in bytes
     */
    public static ObjectMapper mapper(int maxPayload) {
        StreamReadConstraints limits = StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxStringLength(maxPayload)
                .build();
        return new ObjectMapper(
                        JsonFactory.builder().streamReadConstraints(limits).build())
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    }
}
