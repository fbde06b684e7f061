package dev.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.socketio.protocol.Arguments;
import dev.socketio.protocol.EncodedPacket;
import dev.socketio.protocol.OutgoingEvent;
import dev.socketio.protocol.Packet;
import dev.socketio.protocol.PacketException;
import dev.socketio.protocol.Parser;
import dev.socketio.time.FakeScheduler;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Parsers that a program brings: one that changes a little, and one that shares nothing with those of the library. */
class CustomParserTest {

    private static SocketIoServer server(Parser parser) {
        return SocketIoServer.builder()
                .parser(parser)
                .scheduler(new FakeScheduler())
                .executor(Runnable::run)
                .build();
    }

    /** The standard parser, with a limit of its own. */
    private record MoreAttachments(int most) implements Parser {

        @Override
        public Encoder encoder(ObjectMapper json) {
            return Parser.standard().encoder(json);
        }

        @Override
        public Decoder decoder(ObjectMapper json, int maxAttachments) {
            return Parser.standard().decoder(json, most);
        }
    }

    /** Words with spaces between them: {@code event / greet Ada}. */
    private static final class Words implements Parser, Parser.Encoder {

        private static EncodedPacket packet(Object... words) {
            return new EncodedPacket(
                    String.join(" ", Arrays.stream(words).map(String::valueOf).toList()), List.of());
        }

        @Override
        public Encoder encoder(ObjectMapper json) {
            return this;
        }

        @Override
        public EncodedPacket event(OutgoingEvent event) {
            String id = event.ackId() < 0 ? "" : "?" + event.ackId();
            return packet("event" + id, event.namespace(), event.name(), event.arguments());
        }

        @Override
        public EncodedPacket ack(String namespace, String ackId, List<@Nullable Object> arguments) {
            return packet("ack?" + ackId, namespace, arguments);
        }

        @Override
        public EncodedPacket connect(String namespace, @Nullable Object payload) {
            return packet("welcome", namespace);
        }

        @Override
        public EncodedPacket connectError(String namespace, Object payload) {
            return packet("refused", namespace, payload);
        }

        @Override
        public EncodedPacket disconnect(String namespace) {
            return packet("bye", namespace);
        }

        @Override
        public Decoder decoder(ObjectMapper json, int maxAttachments) {
            return new Decoder() {

                @Override
                public boolean isWaiting() {
                    return false;
                }

                @Override
                public Packet add(String text) {
                    String[] words = text.split(" ", -1);
                    return switch (words[0]) {
                        case "connect" -> new Packet.Connect(words[1], null);
                        case "bye" -> new Packet.Disconnect(words[1]);
                        case "event" -> new Packet.Event(words[1], words[2], arguments(words, 3), "7");
                        case "ack" -> new Packet.Ack(words[1], Long.parseLong(words[2]), arguments(words, 3));
                        default -> throw new PacketException("unknown word");
                    };
                }

                @Override
                public Packet add(byte[] bytes) {
                    throw new PacketException("bytes are no words");
                }

                private Arguments arguments(String[] words, int from) {
                    return Arguments.of(json, Arrays.asList((Object[]) Arrays.copyOfRange(words, from, words.length)));
                }
            };
        }
    }

    @Test
    void mayRaiseTheNumberOfAttachments() {
        SocketIoServer io = server(new MoreAttachments(11));
        io.onConnection(socket -> socket.on("e", (arguments, ack) -> ack.send(arguments.size())));
        FakeClient client = FakeClient.open(io);
        client.connect();

        StringBuilder event = new StringBuilder("511-3[\"e\"");
        for (int i = 0; i < 11; i++) {
            event.append(",{\"_placeholder\":true,\"num\":").append(i).append('}');
        }
        client.send(event.append(']').toString());
        for (int i = 0; i < 11; i++) {
            client.send(new byte[] {1});
        }

        assertThat(client.received()).containsExactly("33[11]");
        assertThat(client.isClosed()).isFalse();
    }

    @Test
    void mayWriteAndReadInAnyOtherWay() {
        SocketIoServer io = server(new Words());
        io.onConnection(socket -> {
            socket.on("greet", String.class, (name, ack) -> ack.send("hello " + name));
            socket.on("ask", () -> {
                CompletionStage<Arguments> answer = socket.emitWithAck("question", 1);
                answer.thenAccept(given -> socket.emit("got", given.get(0, String.class)));
            });
        });
        FakeClient client = FakeClient.open(io);

        client.send("connect /");
        client.send("event / greet Ada");
        client.send("event / ask");
        client.send("ack / 0 fine");
        client.send("connect /nowhere");

        assertThat(client.received())
                .containsExactly(
                        "welcome /",
                        "ack?7 / [hello Ada]",
                        "event?0 / question [1]",
                        "event / got [fine]",
                        "refused /nowhere {message=Invalid namespace}");
    }

    @Test
    void refusesAPacketAndSoItsConnection() {
        SocketIoServer io = server(new Words());
        FakeClient client = FakeClient.open(io);

        client.send("nonsense");

        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void closesTheConnectionThatItFailsFor() {
        SocketIoServer io = server(new Words());
        FakeClient other = FakeClient.open(io);
        other.send("connect /");
        FakeClient client = FakeClient.open(io);

        try (LogCapture log = new LogCapture(Client.class)) {
            client.send("connect"); // the parser reads a word that is not there

            assertThat(log.records())
                    .singleElement()
                    .satisfies(record -> assertThat(record.getMessage()).contains("parser has failed"));
        }
        assertThat(client.isClosed()).isTrue();
        assertThat(other.isClosed()).isFalse();
    }
}
