package dev.socketio.memory;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * One client of Socket.IO over a WebSocket: it sends a message, takes the answer, and from then on does no more than
 * answer pings. Not for several threads at a time.
 */
final class IdleClient implements AutoCloseable {

    private static final String HANDSHAKE = """
            GET %s?EIO=4&transport=websocket HTTP/1.1
            Host: %s
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
            Connection: Upgrade
            Upgrade: websocket
            Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits
            %s
            """;

    /** What Chromium says besides, on pages of the server's own origin. */
    private static final String BROWSER = """
            Pragma: no-cache
            Cache-Control: no-cache
            User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36
            Origin: http://%s
            Accept-Encoding: gzip, deflate, br, zstd
            Accept-Language: en-US,en;q=0.9
            """;

    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int FIN = 0x80;
    private static final int MASKED = 0x80;
    private static final int TWO_BYTES = 126;
    private static final int EIGHT_BYTES = 127;

    /** A ping of Engine.IO as a frame. */
    private static final byte[] PING = {(byte) (FIN | TEXT), 1, '2'};

    private final SocketChannel channel;

    private IdleClient(SocketChannel channel) {
        this.channel = channel;
    }

    /**
     * Opens a connection, and returns when the answer has come to a message of so many bytes.
     *
     * @param event whose sender gets an event of that name in return
     * @param browser whether to say all that browsers do; otherwise as little as Node's client
     */
    static IdleClient open(URI uri, String event, int bytes, boolean browser) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(uri.getHost(), uri.getPort()));
        IdleClient client = new IdleClient(channel);
        try {
            client.greet(uri, event, bytes, browser);
        } catch (IOException | RuntimeException e) {
            client.close();
            throw e;
        }
        return client;
    }

    private void greet(URI uri, String event, int bytes, boolean browser) throws IOException {
        DataInputStream in = new DataInputStream(Channels.newInputStream(channel));
        write(HANDSHAKE
                .formatted(uri.getRawPath(), uri.getAuthority(), browser ? BROWSER.formatted(uri.getAuthority()) : "")
                .replace("\n", "\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        String response = readHead(in);
        if (!response.startsWith("HTTP/1.1 101")) {
            throw new IOException("no WebSocket: " + response);
        }
        awaitMessage(in, "0{");
        send("40");
        awaitMessage(in, "40{");
        String message = "42[\"" + event + "\",\"";
        send(message + "x".repeat(Math.max(0, bytes - message.length() - 2)) + "\"]");
        awaitMessage(in, message);
    }

    private static String readHead(DataInputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }

    private void awaitMessage(DataInputStream in, String start) throws IOException {
        String message;
        do {
            message = readMessage(in);
            if (message.equals("2")) {
                pong();
            }
        } while (!message.startsWith(start));
    }

    private static String readMessage(DataInputStream in) throws IOException {
        StringBuilder message = new StringBuilder();
        int first;
        do {
            first = in.readUnsignedByte();
            long length = in.readUnsignedByte();
            if (length == TWO_BYTES) {
                length = in.readUnsignedShort();
            } else if (length == EIGHT_BYTES) {
                length = in.readLong();
            }
            byte[] payload = new byte[Math.toIntExact(length)];
            in.readFully(payload);
            if ((first & CLOSE) != 0) {
                throw new EOFException("closed by the server");
            }
            message.append(new String(payload, StandardCharsets.US_ASCII));
        } while ((first & FIN) == 0);
        return message.toString();
    }

    /** Makes reads return at once, for a selector; only {@link #answerPings} may read from then on. */
    SocketChannel idle() throws IOException {
        channel.configureBlocking(false);
        return channel;
    }

    /** Answers the pings that have come. */
    void answerPings() throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(PING.length);
        while (frame.clear().capacity() == PING.length) {
            int read = channel.read(frame);
            if (read == 0) {
                return;
            }
            if (!frame.flip().equals(ByteBuffer.wrap(PING))) {
                throw new EOFException("no longer idle, or closed by the server");
            }
            pong();
        }
    }

    private void pong() throws IOException {
        send("3");
    }

    private void send(String text) throws IOException {
        byte[] payload = text.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 14).put((byte) (FIN | TEXT));
        if (payload.length < TWO_BYTES) {
            frame.put((byte) (MASKED | payload.length));
        } else {
            frame.put((byte) (MASKED | EIGHT_BYTES)).putLong(payload.length);
        }
        frame.putInt(0).put(payload).flip(); // a mask that changes nothing
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        write(bytes);
    }

    private void write(byte[] bytes) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            channel.write(left);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
