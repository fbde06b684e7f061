package dev.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeersTest {

    private static final URI ADDRESS = URI.create("http://10.0.0.1:8080");

    @Test
    void findThoseThatAreNamed() {
        Peers peers = Peers.of(Map.of("a", ADDRESS));

        assertThat(peers.find("a")).contains(ADDRESS);
        assertThat(peers.find("b")).isEmpty();
        assertThat(peers.areNone()).isFalse();
    }

    @Test
    void areNoneUnlessNamed() {
        assertThat(Peers.none().areNone()).isTrue();
        assertThat(Peers.of(Map.of()).areNone()).isTrue();
        assertThat(Peers.none().find("a")).isEmpty();
    }

    @Test
    void askWhoKnowsThem() {
        Peers peers = Peers.lookup(node -> node.equals("a") ? Optional.of(ADDRESS) : Optional.empty());

        assertThat(peers.find("a")).contains(ADDRESS);
        assertThat(peers.find("b")).isEmpty();
        assertThat(peers.areNone()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://10.0.0.1", "https://node-a.example:8443/", "http://[::1]:8080", "HTTP://a:1"})
    void takeAddressesOfNodes(String address) {
        assertThat(Peers.of(Map.of("a", URI.create(address))).find("a")).contains(URI.create(address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:8080",
                "//10.0.0.1",
                "ftp://10.0.0.1",
                "http:a",
                "http://user@10.0.0.1",
                "http://10.0.0.1/chat",
                "http://10.0.0.1?x",
                "http://10.0.0.1#x",
                "http://a_b:8080"
            })
    void refuseOtherAddressesFromAnybody(String address) {
        URI uri = URI.create(address);

        assertThatThrownBy(() -> Peers.of(Map.of("a", uri)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the address of a node is \"" + address + "\": give one such as http://10.0.0.1:8080");
        assertThatThrownBy(() -> Peers.lookup(node -> Optional.of(uri)).find("a"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b", "a b", "ä", "a/b"})
    void refuseIdsThatNoNodeHas(String id) {
        assertThatThrownBy(() -> Peers.of(Map.of(id, ADDRESS)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("peers: the id of a node is \"" + id + "\": give 1 to 32 letters");
    }
}
