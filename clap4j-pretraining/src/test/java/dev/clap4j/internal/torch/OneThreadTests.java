package dev.clap4j.internal.torch;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class OneThreadTests {
    @Test
    void libtorchKeepsToOneThreadAndComesBack() {
        OneThread.begin().close();
        int before = torch.get_num_threads();
        torch.set_num_threads(2);
        try {
            try (OneThread one = OneThread.begin()) {
                assertThat(one).isNotNull();
                assertThat(torch.get_num_threads()).isEqualTo(1);
            }
            assertThat(torch.get_num_threads()).isEqualTo(2);
        } finally {
            torch.set_num_threads(before);
        }
    }
}
