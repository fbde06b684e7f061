package dev.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.socketio.time.FakeScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypedArgumentsTest {

    private final SocketIoServer io = SocketIoServer.builder()
            .scheduler(new FakeScheduler())
            .executor(Runnable::run)
            .build();
    private final FakeClient client = FakeClient.open(io);
    private final Socket socket = client.connect();
    private final List<Object> heard = new ArrayList<>();

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Message(String author, int likes, byte[] picture) {}

    @Test
    void deliversNoArgument() {
        socket.on("e", () -> heard.add("called"));
        client.send("2[\"e\"]");
        client.send("2[\"e\",1,2]");
        assertThat(heard).containsExactly("called", "called");
    }

    @Test
    void deliversOneArgument() {
        socket.on("e", String.class, a -> heard.add(a));
        client.send("2[\"e\",\"a\"]");
        assertThat(heard).containsExactly("a");
    }

    @Test
    void deliversTwoArguments() {
        socket.on("e", String.class, Integer.class, (a, b) -> heard.addAll(List.of(a, b)));
        client.send("2[\"e\",\"a\",2]");
        assertThat(heard).containsExactly("a", 2);
    }

    @Test
    void deliversThreeArguments() {
        socket.on("e", String.class, Integer.class, Boolean.class, (a, b, c) -> heard.addAll(List.of(a, b, c)));
        client.send("2[\"e\",\"a\",2,true]");
        assertThat(heard).containsExactly("a", 2, true);
    }

    @Test
    void deliversFourArguments() {
        socket.on(
                "e",
                String.class,
                Integer.class,
                Boolean.class,
                Double.class,
                (a, b, c, d) -> heard.addAll(List.of(a, b, c, d)));
        client.send("2[\"e\",\"a\",2,true,4.5]");
        assertThat(heard).containsExactly("a", 2, true, 4.5);
    }

    @Test
    void deliversFiveArguments() {
        socket.on(
                "e",
                String.class,
                Integer.class,
                Boolean.class,
                Double.class,
                Long.class,
                (a, b, c, d, e) -> heard.addAll(List.of(a, b, c, d, e)));
        client.send("2[\"e\",\"a\",2,true,4.5,5]");
        assertThat(heard).containsExactly("a", 2, true, 4.5, 5L);
    }

    @Test
    void answersNoArgument() {
        socket.on("e", (arguments, ack) -> ack.send());
        client.send("27[\"e\"]");
        assertThat(client.received()).containsExactly("37[]");
    }

    @Test
    void answersOneArgument() {
        socket.on("e", String.class, (a, ack) -> ack.send(a));
        client.send("27[\"e\",\"a\"]");
        assertThat(client.received()).containsExactly("37[\"a\"]");
    }

    @Test
    void answersTwoArguments() {
        socket.on("e", String.class, Integer.class, (a, b, ack) -> ack.send(a, b));
        client.send("27[\"e\",\"a\",2]");
        assertThat(client.received()).containsExactly("37[\"a\",2]");
    }

    @Test
    void answersThreeArguments() {
        socket.on("e", String.class, Integer.class, Boolean.class, (a, b, c, ack) -> ack.send(a, b, c));
        client.send("27[\"e\",\"a\",2,true]");
        assertThat(client.received()).containsExactly("37[\"a\",2,true]");
    }

    @Test
    void answersFourArguments() {
        socket.on(
                "e",
                String.class,
                Integer.class,
                Boolean.class,
                Double.class,
                (a, b, c, d, ack) -> ack.send(a, b, c, d));
        client.send("27[\"e\",\"a\",2,true,4.5]");
        assertThat(client.received()).containsExactly("37[\"a\",2,true,4.5]");
    }

    @Test
    void answersFiveArguments() {
        socket.on(
                "e",
                String.class,
                Integer.class,
                Boolean.class,
                Double.class,
                Long.class,
                (a, b, c, d, e, ack) -> ack.send(a, b, c, d, e));
        client.send("27[\"e\",\"a\",2,true,4.5,5]");
        assertThat(client.received()).containsExactly("37[\"a\",2,true,4.5,5]");
    }

    record Point(int x, int y) {}

    record Event(String title, Optional<String> place, Instant start, Duration length) {}

    @Test
    void deliversTypesWithParameters() {
        socket.on("e", new TypeReference<List<Point>>() {}, points -> heard.addAll(points));
        socket.on("e", new TypeReference<List<Point>>() {}, (points, ack) -> ack.send(points.size()));

        client.send("27[\"e\",[{\"x\":1,\"y\":2},{\"x\":3,\"y\":4}]]");

        assertThat(heard).containsExactly(new Point(1, 2), new Point(3, 4));
        assertThat(client.received()).containsExactly("37[2]");
    }

    @Test
    void deliversSeveralTypesWithParameters() {
        TypeReference<List<Integer>> list = new TypeReference<>() {};
        TypeReference<Map<String, Long>> map = new TypeReference<>() {};
        TypeReference<Optional<Point>> optional = new TypeReference<>() {};
        socket.on("e", list, map, (a, b) -> heard.addAll(List.of(a, b)));
        socket.on("e", list, map, optional, (a, b, c) -> heard.addAll(List.of(a, b, c)));
        socket.on("f", list, map, (a, b, ack) -> ack.send(b, a));
        socket.on("f", list, map, optional, (a, b, c, ack) -> ack.send("second"));

        client.send("2[\"e\",[1],{\"a\":2}]");
        client.send("27[\"f\",[1],{\"a\":2},{\"x\":3}]");

        assertThat(heard).containsExactly(List.of(1), Map.of("a", 2L), List.of(1), Map.of("a", 2L), Optional.empty());
        assertThat(client.received()).containsExactly("37[{\"a\":2},[1]]");
    }

    @Test
    void deliversTypesOnce() {
        TypeReference<List<Integer>> list = new TypeReference<>() {};
        socket.once("e", list, a -> heard.add(a));
        socket.once("e", list, list, (a, b) -> heard.add(b));
        socket.once("e", list, list, list, (a, b, c, ack) -> ack.send(c));
        socket.once("e", int[].class, int[].class, (a, b) -> heard.add(b.length));

        client.send("27[\"e\",[1],[2],[3]]");
        client.send("28[\"e\",[1],[2],[3]]");

        assertThat(heard).containsExactly(List.of(1), List.of(2), 1);
        assertThat(client.received()).containsExactly("37[[3]]");
    }

    @Test
    void deliversTimesAndOptionalsInRecords() {
        socket.on("e", Event.class, (event, ack) -> {
            heard.add(event);
            ack.send(event);
        });

        String json = "{\"title\":\"t\",\"place\":null,\"start\":\"2026-01-02T03:04:05.678Z\",\"length\":\"PT1H\"}";
        client.send("27[\"e\"," + json.replace("\"place\":null,", "") + "]");

        assertThat(heard)
                .containsExactly(new Event(
                        "t", Optional.empty(), Instant.parse("2026-01-02T03:04:05.678Z"), Duration.ofHours(1)));
        assertThat(client.received()).containsExactly("37[" + json + "]");
    }

    @Test
    void readsAndWritesWithTheMapperOfTheUser() {
        record Camel(int humpCount) {}
        ObjectMapper snake = JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build();
        SocketIoServer own = SocketIoServer.builder()
                .scheduler(new FakeScheduler())
                .executor(Runnable::run)
                .objectMapper(snake)
                .build();
        FakeClient ownClient = FakeClient.open(own);
        ownClient.connect().on("e", Camel.class, (camel, ack) -> ack.send(new Camel(camel.humpCount() + 1)));

        ownClient.send("27[\"e\",{\"hump_count\":1}]");
        ownClient.send("28[\"e\",{\"hump_count\":1,\"unknown\":2}]");

        assertThat(ownClient.received())
                .containsExactly(
                        "37[{\"hump_count\":2}]",
                        "38[{\"error\":{\"message\":\"invalid argument\",\"path\":\"[0].unknown\"}}]");
    }

    @Test
    void limitsDepthWithTheMapperOfTheUserToo() {
        SocketIoServer own = SocketIoServer.builder()
                .scheduler(new FakeScheduler())
                .executor(Runnable::run)
                .objectMapper(new ObjectMapper())
                .build();
        FakeClient ownClient = FakeClient.open(own);
        ownClient.connect();

        ownClient.send("2[\"e\"," + "[".repeat(500) + "]".repeat(500) + "]");

        assertThat(ownClient.isClosed()).isTrue();
    }

    @Test
    void deliversEmptyForWhatIsMissing() {
        socket.on("e", OptionalInt.class, Optional.class, (a, b) -> heard.addAll(List.of(a, b)));
        client.send("2[\"e\",null]");
        assertThat(heard).containsExactly(OptionalInt.empty(), Optional.empty());
    }

    @Test
    void deliversWhateverCame() {
        socket.on("e", (arguments, ack) -> heard.add(arguments + " " + ack.isRequested()));
        client.send("2[\"e\",1,[2],{\"three\":3}]");
        assertThat(heard).containsExactly("[1,[2],{\"three\":3}] false");
    }

    @Test
    void deliversRecordsWithBytesInThem() {
        socket.on("e", Message.class, message -> heard.add(message));

        client.send(
                "51-[\"e\",{\"author\":\"ann\",\"likes\":3,\"picture\":{\"_placeholder\":true,\"num\":0},\"new\":1}]");
        client.send(new byte[] {1, 2});

        Message message = (Message) heard.get(0);
        assertThat(message.author()).isEqualTo("ann");
        assertThat(message.likes()).isEqualTo(3);
        assertThat(message.picture()).containsExactly(1, 2);
    }

    @Test
    void deliversBytes() {
        socket.on("e", byte[].class, String.class, byte[].class, (a, b, c) -> heard.addAll(List.of(a, b, c)));

        client.send("52-[\"e\",{\"_placeholder\":true,\"num\":0},\"between\",{\"_placeholder\":true,\"num\":1}]");
        client.send(new byte[] {1});
        assertThat(heard).isEmpty();
        client.send(new byte[] {2});

        assertThat(heard).containsExactly(new byte[] {1}, "between", new byte[] {2});
    }

    @Test
    void deliversTreesAndMaps() {
        socket.on(
                "e",
                JsonNode.class,
                Map.class,
                (tree, map) -> heard.addAll(List.of(tree.get("a").asInt(), map)));
        client.send("2[\"e\",{\"a\":1},{\"b\":2}]");
        assertThat(heard).containsExactly(1, Map.of("b", 2));
    }

    @Test
    void deliversNullForWhatIsMissing() {
        socket.on(
                "e",
                String.class,
                Message.class,
                byte[].class,
                Integer.class,
                int.class,
                (a, b, c, d, e) -> heard.addAll(Arrays.asList(a, b, c, d, e)));
        client.send("2[\"e\",null]");
        assertThat(heard).containsExactly(null, null, null, null, 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"\"many\"", "{}", "[1]"})
    void keepsAWrongTypeFromTheListener(String argument) {
        socket.on("e", Integer.class, number -> heard.add(number));
        socket.on("e", (arguments, ack) -> heard.add("any"));

        try (LogCapture log = new LogCapture(Listeners.class)) {
            client.send("2[\"e\"," + argument + "]");
            client.send("2[\"e\",5]");

            assertThat(log.records()).isEmpty();
        }
        assertThat(heard).containsExactly("any", 5, "any");
        assertThat(socket.isConnected()).isTrue();
    }

    @Test
    void callsAListenerOfAnEventThatIsNamedByANumber() {
        socket.on("5", String.class, text -> heard.add(text));
        client.send("2[5,\"x\"]");
        assertThat(heard).containsExactly("x");
    }

    @Test
    void passesOverAnEventWithoutAName() {
        socket.onAny((event, arguments) -> heard.add(event));
        client.send("2");
        assertThat(heard).isEmpty();
        assertThat(client.isClosed()).isFalse();
    }
}
