package dev.socketio.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.testing.RawConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A WebSocket on which every frame is ours (RFC 6455, section 5). */
final class RawWebSocket implements AutoCloseable {

    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    /** Added to the opcode of a message that is compressed (RFC 7692, section 6). */
    static final int COMPRESSED = 0x40;

    private static final byte[] MASK = {0x12, 0x34, 0x56, 0x78};

    /**
     * A frame, without its mask.
     *
     * @param opcode with the bits of extensions before it
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Frame(boolean last, int opcode, byte[] payload) {

        static Frame text(String text) {
            return new Frame(true, TEXT, text.getBytes(StandardCharsets.UTF_8));
        }

        String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        /** Returns the code of a close frame; 1005 if it has none. */
        int closeCode() {
            assertThat(opcode).as("opcode of a close frame").isEqualTo(CLOSE);
            return payload.length == 0 ? 1005 : ByteBuffer.wrap(payload).getShort() & 0xffff;
        }
    }

    private final RawConnection connection;
    private final RawConnection.Response response;

    private RawWebSocket(RawConnection connection, RawConnection.Response response) {
        this.connection = connection;
        this.response = response;
    }

    /** Asks for a WebSocket, whatever the answer is. */
    static RawWebSocket ask(TestEngine engine, String query, String... headers) throws IOException {
        return ask(engine.uri(query), headers);
    }

    /** Asks for a WebSocket, whatever the answer is. */
    static RawWebSocket ask(URI uri, String... headers) throws IOException {
        RawConnection connection = new RawConnection(uri.getPort());
        request(connection, uri, headers);
        return answered(connection);
    }

    /** Sends the request for a WebSocket on a connection that may have served others. */
    static void request(RawConnection connection, URI uri, String... headers) throws IOException {
        List<String> all = new ArrayList<>(List.of(
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));
        Collections.addAll(all, headers);
        connection.request("GET", uri.getRawPath() + "?" + uri.getRawQuery(), all.toArray(String[]::new));
    }

    /** Reads the answer to {@link #request}. */
    static RawWebSocket answered(RawConnection connection) throws IOException {
        return new RawWebSocket(connection, connection.read());
    }

    /** Opens a connection of its own over a WebSocket. */
    static RawWebSocket open(TestEngine engine, String... headers) throws IOException {
        RawWebSocket opened = ask(engine, "EIO=4&transport=websocket", headers);
        assertThat(opened.response.status()).isEqualTo(101);
        return opened;
    }

    RawConnection.Response response() {
        return response;
    }

    RawConnection connection() {
        return connection;
    }

    /** Reads the handshake. */
    String readSid() throws IOException {
        return PollingClient.sidOf(read().text());
    }

    void send(Frame... frames) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Frame frame : frames) {
            bytes.writeBytes(encode(frame, MASK));
        }
        connection.write(bytes.toByteArray());
    }

    /** Writes a frame as it is on the wire; an empty mask leaves it unmasked, which only servers may do. */
    static byte[] encode(Frame frame, byte[] mask) {
        byte[] payload = frame.payload().clone();
        ByteBuffer head = ByteBuffer.allocate(14);
        head.put((byte) ((frame.last() ? 0x80 : 0) | frame.opcode()));
        int masked = mask.length > 0 ? 0x80 : 0;
        if (payload.length < 126) {
            head.put((byte) (masked | payload.length));
        } else if (payload.length < 1 << 16) {
            head.put((byte) (masked | 126)).putShort((short) payload.length);
        } else {
            head.put((byte) (masked | 127)).putLong(payload.length);
        }
        head.put(mask).flip();
        for (int i = 0; i < payload.length && mask.length > 0; i++) {
            payload[i] ^= mask[i % mask.length];
        }
        return ByteBuffer.allocate(head.remaining() + payload.length)
                .put(head)
                .put(payload)
                .array();
    }

    Frame read() throws IOException {
        int first = connection.readByte();
        int second = connection.readByte();
        long length = second & 0x7f;
        assertThat(second & 0x80).as("mask of a server's frame").isZero();
        if (length == 126) {
            length = ByteBuffer.wrap(connection.bytes(2)).getShort() & 0xffff;
        } else if (length == 127) {
            length = ByteBuffer.wrap(connection.bytes(8)).getLong();
        }
        return new Frame((first & 0x80) != 0, first & 0x7f, connection.bytes((int) length));
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
