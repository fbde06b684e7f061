package dev.socketio.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RoomsTest {

    private static final int LIMIT = 3;

    private final Rooms rooms = new Rooms(LIMIT);

    @BeforeEach
    void addSockets() {
        rooms.add("ann");
        rooms.add("bob");
    }

    @Test
    void showWhoHasJoined() {
        rooms.join("ann", List.of("news", "sport"), 0);
        rooms.join("bob", List.of("news"), 0);

        assertThat(rooms.members("news")).containsExactlyInAnyOrder("ann", "bob");
        assertThat(rooms.members("sport")).containsExactly("ann");
        assertThat(rooms.of("ann")).containsExactlyInAnyOrder("news", "sport");
    }

    @Test
    void areEmptyAtFirst() {
        assertThat(rooms.of("ann")).isEmpty();
        assertThat(rooms.members("news")).isEmpty();
    }

    @Test
    void joiningTwiceCountsOnce() {
        rooms.join("ann", List.of("news", "news"), 0);
        rooms.join("ann", List.of("news"), 0);
        rooms.leave("ann", List.of("news"));

        assertThat(rooms.members("news")).isEmpty();
    }

    @Test
    void leavingConcernsOneRoomAndOneSocket() {
        rooms.join("ann", List.of("news", "sport"), 0);
        rooms.join("bob", List.of("news"), 0);

        rooms.leave("ann", List.of("news"));

        assertThat(rooms.members("news")).containsExactly("bob");
        assertThat(rooms.of("ann")).containsExactly("sport");
    }

    @Test
    void leavingARoomThatWasNotJoinedDoesNothing() {
        rooms.join("bob", List.of("news"), 0);

        rooms.leave("ann", List.of("news"));

        assertThat(rooms.members("news")).containsExactly("bob");
    }

    @Test
    void removingASocketTakesItOutOfAllRooms() {
        rooms.join("ann", List.of("news", "sport"), 0);

        rooms.removeAll("ann");

        assertThat(rooms.of("ann")).isEmpty();
        assertThat(rooms.members("news")).isEmpty();
        assertThat(rooms.members("sport")).isEmpty();
    }

    @Test
    void removingASocketTwiceDoesNothing() {
        rooms.removeAll("ann");
        rooms.removeAll("ann");

        assertThat(rooms.of("ann")).isEmpty();
    }

    @Test
    void aSocketThatWasRemovedCannotJoin() {
        rooms.removeAll("ann");

        rooms.join("ann", List.of("news"), 0);

        assertThat(rooms.members("news")).isEmpty();
        assertThat(rooms.of("ann")).isEmpty();
    }

    @Test
    void aSocketThatWasNeverAddedCannotJoin() {
        rooms.join("eve", List.of("news"), 0);

        assertThat(rooms.members("news")).isEmpty();
    }

    @Test
    void addingASocketAgainKeepsItsRooms() {
        rooms.join("ann", List.of("news"), 0);

        rooms.add("ann");

        assertThat(rooms.of("ann")).containsExactly("news");
    }

    @Test
    void holdAsManyRoomsPerSocketAsTheLimitSays() {
        rooms.join("ann", List.of("a", "b"), 0);
        rooms.join("ann", List.of("b", "c"), 0);

        assertThat(rooms.of("ann")).hasSize(LIMIT);
    }

    @Test
    void refuseMoreRoomsPerSocket() {
        rooms.join("ann", List.of("a", "b"), 0);

        assertThatThrownBy(() -> rooms.join("ann", List.of("c", "d"), 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("more than 3 rooms");
    }

    @Test
    void leaveEverythingAsItWasOnARefusal() {
        rooms.join("ann", List.of("a", "b"), 0);

        assertThatThrownBy(() -> rooms.join("ann", List.of("c", "d"), 0)).isInstanceOf(IllegalStateException.class);

        assertThat(rooms.of("ann")).containsExactlyInAnyOrder("a", "b");
        assertThat(rooms.members("c")).isEmpty();
    }

    @Test
    void limitEachSocketByItself() {
        rooms.join("ann", List.of("a", "b", "c"), 0);
        rooms.join("bob", List.of("a", "b", "c"), 0);

        assertThat(rooms.members("c")).hasSize(2);
    }

    @Test
    void haveRoomAgainAfterLeaving() {
        rooms.join("ann", List.of("a", "b", "c"), 0);
        rooms.leave("ann", List.of("a"));

        rooms.join("ann", List.of("d"), 0);

        assertThat(rooms.of("ann")).containsExactlyInAnyOrder("b", "c", "d");
    }

    @Test
    void giveACopyOfASocketsRooms() {
        rooms.join("ann", List.of("news"), 0);
        Set<String> before = rooms.of("ann");

        rooms.leave("ann", List.of("news"));

        assertThat(before).containsExactly("news");
    }
}
