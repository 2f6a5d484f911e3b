package dev.clap4j.fuzz.target;

import dev.clap4j.fuzz.mutation.Input;
import dev.clap4j.prompt.llm.ChatEndpoint;
import dev.clap4j.prompt.llm.PromptWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Answers of a language model's server, which is simulated in this process. */
final class ChatAnswers {
    private ChatAnswers() {}

    static List<Input> answers() {
        String answer = """
                {"id": "1", "object": "chat.completion", "choices": [{"index": 0, "finish_reason": "stop",
                  "message": {"role": "assistant", "content": "1. a dog on a beach\\n- a red dog\\n\\"a small dog\\""}}],
                 "usage": {"total_tokens": 12}}
                """;
        return List.of(Input.of("answer.json", answer.getBytes(StandardCharsets.UTF_8)));
    }

    /** Requests prompts and receives the answer in a file. */
    static void ask(Path file) throws IOException {
        String endpoint = Loopback.answering(Files.readAllBytes(file));
        new PromptWriter(PromptWriter.QUESTION, 3).write("dog", new ChatEndpoint(endpoint, "small", Optional.empty()));
    }
}
