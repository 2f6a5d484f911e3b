package dev.clap4j.internal.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GoodModelTests {
    @Test
    void everyNameIsOne() {
        assertThat(GoodModel.all()).isNotEmpty().allSatisfy(model -> {
            int colon = model.name().indexOf(':');
            if (colon > 0) {
                assertThat(Tags.published()
                                .find(
                                        model.name().substring(0, colon),
                                        model.name().substring(colon + 1)))
                        .hasToString(model.name());
            } else {
                assertThat(Repository.parse(model.name())).isPresent();
            }
            assertThat(model.imageNet()).isBetween(50.0, 90.0);
            assertThat(model.sketch()).isBetween(30.0, 80.0);
        });
    }
}
