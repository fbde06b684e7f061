package dev.socketio.protocol;

import com.fasterxml.jackson.databind.ObjectMapper;

/** The parser of socket.io-msgpack-parser, versions 3: each packet is one message of bytes. */
final class MsgpackParser implements Parser {

    static final MsgpackParser INSTANCE = new MsgpackParser();

    /** What a packet consists of. Clients also send "options", which mean nothing to a server. */
    static final String TYPE = "type";

    static final String NAMESPACE = "nsp";
    static final String DATA = "data";
    static final String ID = "id";

    private MsgpackParser() {}

    @Override
    public Encoder encoder(ObjectMapper json) {
        return new MsgpackEncoder(json);
    }

    /** Bytes are values like others here: there are no attachments that could be too many. */
    @Override
    public Decoder decoder(ObjectMapper json, int maxAttachments) {
        return new MsgpackDecoder(json);
    }

    @Override
    public String toString() {
        return "msgpack";
    }
}
