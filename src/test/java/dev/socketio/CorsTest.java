package dev.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CorsTest {

    private final Cors cors = Cors.origins("https://a.example", "https://b.example");

    @Test
    void allowsTheOriginsItNames() {
        assertThat(cors.allows("https://a.example")).isTrue();
        assertThat(cors.allows("https://b.example")).isTrue();
        assertThat(cors.allows("https://c.example")).isFalse();
        assertThat(cors.allows("http://a.example")).isFalse();
        assertThat(cors.allows("https://a.example:8443")).isFalse();
        assertThat(cors.allows("https://a.example.evil")).isFalse();
        assertThat(cors.allows("null")).isFalse();
        assertThat(cors.allowsAll()).isFalse();
    }

    @Test
    void allowsEveryOriginWithAnAsterisk() {
        Cors all = Cors.origins("*");

        assertThat(all.allowsAll()).isTrue();
        assertThat(all.allows("https://anywhere.example")).isTrue();
    }

    @Test
    void allowsNoOriginUnlessNamed() {
        assertThat(Cors.none().allows("https://a.example")).isFalse();
        assertThat(Cors.none().allows("*")).isFalse();
    }

    @Test
    void hasTheDefaultsOfSocketIo() {
        assertThat(cors.credentials()).isFalse();
        assertThat(cors.methods()).containsExactly("GET", "HEAD", "PUT", "PATCH", "POST", "DELETE");
        assertThat(cors.allowedHeaders()).isEmpty();
        assertThat(cors.exposedHeaders()).isEmpty();
        assertThat(cors.maxAge()).isEmpty();
        assertThat(cors.refuseOthers()).isTrue();
    }

    @Test
    void changesOneThingAtATime() {
        Cors changed = cors.withCredentials(true)
                .withMethods("GET")
                .withAllowedHeaders("X-A")
                .withExposedHeaders("X-B", "X-C")
                .withMaxAge(Duration.ofHours(1))
                .withRefuseOthers(false);

        assertThat(changed)
                .isEqualTo(new Cors(
                        cors.origins(),
                        true,
                        List.of("GET"),
                        List.of("X-A"),
                        List.of("X-B", "X-C"),
                        Optional.of(Duration.ofHours(1)),
                        false));
        assertThat(cors).isEqualTo(Cors.origins("https://a.example", "https://b.example"));
    }

    @Test
    void refusesCredentialsForEveryOrigin() {
        assertThatThrownBy(() -> Cors.origins("*").withCredentials(true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("cors: credentials need origins by name");
    }

    @Test
    void keepsCopiesOfItsLists() {
        List<String> origins = new ArrayList<>(List.of("https://a.example"));
        Cors copy = new Cors(origins, false, List.of(), List.of(), List.of(), Optional.empty(), true);

        origins.add("*");

        assertThat(copy.allowsAll()).isFalse();
    }
}
