package dev.socketio.protocol;

import com.fasterxml.jackson.databind.ObjectMapper;

/** The parser that every client has built in. */
final class TextParser implements Parser {

    static final TextParser INSTANCE = new TextParser();

    private TextParser() {}

    @Override
    public Encoder encoder(ObjectMapper json) {
        return new TextEncoder(json);
    }

    @Override
    public Decoder decoder(ObjectMapper json, int maxAttachments) {
        return new TextDecoder(json, maxAttachments);
    }

    @Override
    public String toString() {
        return "standard";
    }
}
