package dev.socketio.protocol;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What one side writes, the other reads: any values, the same ones on every run. */
class RoundTripTest {

    private static final int ROUNDS = 5_000;
    private static final List<String> NAMESPACES = List.of("/", "/admin", "/ä-1");

    private final ObjectMapper json = Json.mapper(1_000_000);
    private final Random random = new Random(17);

    /** Halves of surrogate pairs have no place in UTF-8; JSON can escape them. */
    private boolean withHalves;

    static Stream<Parser> parsers() {
        return Stream.of(Parser.standard(), Parser.msgpack());
    }

    @ParameterizedTest
    @MethodSource("parsers")
    void eventsArriveAsTheyWereSent(Parser parser) {
        withHalves = parser.equals(Parser.standard());
        for (int i = 0; i < ROUNDS; i++) {
            String namespace = anyNamespace();
            String name = "e" + anyText();
            long ackId = random.nextInt(10) - 5L;
            List<JsonNode> arguments = anyArguments();

            EncodedPacket encoded =
                    parser.encoder(json).event(Outgoing.event(namespace, name, arguments.toArray(), ackId));
            Packet packet = decode(parser, encoded);

            Packet.Event event = (Packet.Event) packet;
            assertThat(event.namespace()).isEqualTo(namespace);
            assertThat(event.name()).isEqualTo(name);
            assertThat(event.ackId()).isEqualTo(ackId < 0 ? null : "" + ackId);
            assertThat(event.arguments().toArray()).isEqualTo(arguments.toArray());
        }
    }

    @ParameterizedTest
    @MethodSource("parsers")
    void acksArriveAsTheyWereSent(Parser parser) {
        withHalves = parser.equals(Parser.standard());
        for (int i = 0; i < ROUNDS; i++) {
            String namespace = anyNamespace();
            long ackId = random.nextInt(1_000);
            List<JsonNode> arguments = anyArguments();

            EncodedPacket encoded = parser.encoder(json).ack(namespace, "" + ackId, List.copyOf(arguments));
            Packet packet = decode(parser, encoded);

            Packet.Ack ack = (Packet.Ack) packet;
            assertThat(ack.namespace()).isEqualTo(namespace);
            assertThat(ack.ackId()).isEqualTo(ackId);
            assertThat(ack.arguments().toArray()).isEqualTo(arguments.toArray());
        }
    }

    private Packet decode(Parser parser, EncodedPacket encoded) {
        Parser.Decoder decoder = parser.decoder(json, Integer.MAX_VALUE);
        Packet packet = encoded.text() == null ? null : decoder.add(encoded.text());
        for (byte[] attachment : encoded.attachments()) {
            packet = decoder.add(attachment);
        }
        return requireNonNull(packet);
    }

    private String anyNamespace() {
        return NAMESPACES.get(random.nextInt(NAMESPACES.size()));
    }

    private List<JsonNode> anyArguments() {
        List<JsonNode> arguments = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            arguments.add(anyValue(3));
        }
        return arguments;
    }

    private JsonNode anyValue(int depth) {
        JsonNodeFactory nodes = json.getNodeFactory();
        return switch (random.nextInt(depth == 0 ? 6 : 8)) {
            case 0 -> nodes.nullNode();
            case 1 -> nodes.booleanNode(random.nextBoolean());
            case 2 -> nodes.numberNode(random.nextInt());
            case 3 -> nodes.numberNode(random.nextGaussian());
            case 4 -> nodes.textNode(anyText());
            case 5 -> nodes.binaryNode(anyText().getBytes(StandardCharsets.UTF_8));
            case 6 -> {
                ArrayNode array = nodes.arrayNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    array.add(anyValue(depth - 1));
                }
                yield array;
            }
            default -> {
                ObjectNode object = nodes.objectNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    object.set("k" + random.nextInt(), anyValue(depth - 1)); // Jackson reads no broken text in keys
                }
                yield object;
            }
        };
    }

    /** Text of all planes. */
    private String anyText() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            char c = (char) (random.nextInt(0x10000) >> random.nextInt(12));
            if (withHalves || !Character.isSurrogate(c)) {
                text.append(c);
            } else {
                text.appendCodePoint(0x10000 + c);
            }
        }
        return text.toString();
    }
}
