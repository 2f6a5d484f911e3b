package dev.clap4j.internal.tokenizer;

import dev.clap4j.BadFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Vocabularies that are damaged, incomplete or of another kind, with the message that each must give. */
public final class BadVocabularies {
    private static final String MERGES = "#version: 0.2\nd o\ndo g</w>\n";
    private static final String VOCAB =
            "{'d':0,'o':1,'g</w>':2,'do':3,'dog</w>':4,'<|startoftext|>':5,'<|endoftext|>':6}";

    private static final String MODEL = "{'model':{'type':'BPE','vocab':" + VOCAB + ",'merges':['d o']}}";

    private final Path root;
    private final List<BadFile> all = new ArrayList<>();

    private BadVocabularies(Path root) {
        this.root = root;
    }

    /** Writes all of them below a folder, each in a folder of its own. */
    public static List<BadFile> all(Path dir) {
        BadVocabularies bad = new BadVocabularies(dir);
        try {
            bad.pairs();
            bad.mergesFiles();
            bad.tokenizerJson();
            bad.partsOfTokenizerJson();
            bad.companions();
            bad.otherModels();
            bad.otherSteps();
            bad.classes();
            bad.sentencePieces();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(bad.all);
    }

    private void pairs() throws IOException {
        Path folder = folder("no-merges");
        Path vocab = write(folder, "vocab.json", VOCAB);
        add(
                "vocab.json without merges.txt",
                folder,
                "There is " + vocab + " but no " + folder.resolve("merges.txt")
                        + ": a vocabulary needs both files. Take merges.txt from the same model");

        folder = folder("no-vocab");
        Path merges = write(folder, "merges.txt", MERGES);
        add(
                "merges.txt without vocab.json",
                folder,
                "There is " + merges + " but no " + folder.resolve("vocab.json")
                        + ": a vocabulary needs both files. Take vocab.json from the same model");

        folder = pair("other-merges", VOCAB, "#version: 0.2\nc a\nca t</w>\n");
        add(
                "merges of another vocabulary",
                folder,
                "The merges of " + folder.resolve("merges.txt") + " do not belong to the vocabulary of "
                        + folder.resolve("vocab.json") + ": \"c a\" needs the piece \"c\", which the vocabulary lacks."
                        + " Take both files from the same model");

        folder = pair("too-many-merges", VOCAB, "d o\n".repeat(3_000_001));
        add(
                "more merges than any tokenizer has",
                folder,
                "The merges file " + folder.resolve("merges.txt") + " has more than 3000000 merges");

        folder = pair("vocab-list", "['d','o']", MERGES);
        add(
                "vocab.json with a list",
                folder,
                "Cannot use " + folder.resolve("vocab.json")
                        + ": it should hold a JSON object, but holds a JSON array");

        folder = pair("vocab-text", VOCAB.replace(":4", ":'four'"), MERGES);
        add(
                "an id that is no number",
                folder,
                "The vocabulary " + folder.resolve("vocab.json")
                        + " should map every piece to a whole number, but \"dog</w>\" has \"four\"");

        folder = pair("same-id", VOCAB.replace(":4", ":3"), MERGES);
        add(
                "two pieces with one id",
                folder,
                "The vocabulary " + folder.resolve("vocab.json")
                        + " gives the id 3 to two pieces, \"do\" and \"dog</w>\"");

        folder = pair("no-start", VOCAB.replace("<|startoftext|>", "<s>"), MERGES);
        add(
                "no start token",
                folder,
                "The vocabulary " + folder.resolve("vocab.json")
                        + " has no <|startoftext|>: it is not one of a CLIP model");

        folder = pair("lfs", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 862328\n", MERGES);
        add(
                "a git-lfs pointer for vocab.json",
                folder,
                "Cannot read " + folder.resolve("vocab.json")
                        + " as JSON: it is a git-lfs pointer to a file that was not"
                        + " downloaded; run \"git lfs pull\" where it is from");
    }

    private void mergesFiles() throws IOException {
        Path file = write(folder("not-gzip"), "bpe_simple_vocab_16e6.txt.gz", MERGES);
        add(
                "a plain file called .gz",
                file,
                "Cannot read " + file + ": its name says it is compressed with gzip, but it is a text file");

        file = write(folder("three-pieces"), "bpe_simple_vocab_16e6.txt", "#version: 0.2\ni n\nt h e\n");
        add(
                "a line with three pieces",
                file,
                "The merges file " + file + " should have two pieces per line, separated by a space, but line 3 is"
                        + " \"t h e\"");

        file = write(folder("empty"), "bpe_simple_vocab_16e6.txt", "#version: 0.2\n");
        add("no merges", file, "The merges file " + file + " holds no merges");

        file = folder("binary").resolve("bpe_simple_vocab_16e6.txt");
        Files.write(file, new byte[] {'i', ' ', (byte) 0xFF, (byte) 0xFE, '\n'});
        add("a merges file that is no text", file, "Cannot read " + file + ": it is not UTF-8 text");

        file = write(folder("twice"), "bpe_simple_vocab_16e6.txt", "#version: 0.2\ni n\ni n\n");
        add(
                "a merge that comes twice",
                file,
                "The merges file " + file + " makes the same piece twice, by \"i n\" and before");

        byte[] compressed = gzip("i n\n".repeat(1000).getBytes(StandardCharsets.US_ASCII));
        file = folder("cut").resolve("bpe_simple_vocab_16e6.txt.gz");
        Files.write(file, Arrays.copyOf(compressed, compressed.length / 2));
        add(
                "a compressed file that was cut off",
                file,
                "Cannot read " + file + ": it ends too early; copy or download it again");

        file = folder("many-lines").resolve("bpe_simple_vocab_16e6.txt.gz");
        Files.write(file, gzip("i n\n".repeat(2_000_000).getBytes(StandardCharsets.US_ASCII)));
        add(
                "a small file of very many lines",
                file,
                "The merges file " + file + " makes the same piece twice, by \"i n\" and before");

        file = folder("bomb").resolve("bpe_simple_vocab_16e6.txt.gz");
        Files.write(file, gzip(new byte[(8 << 20) + 1]));
        add(
                "a compressed file that inflates to very much",
                file,
                "Cannot use " + file + ": it inflates to more than 8388608 bytes, too many for a vocabulary");
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private void tokenizerJson() throws IOException {
        json(
                "{'model':{'type':'WordLevel','vocab':{'[CLS]':0}}}",
                "The tokenizer @ is of the kind WordLevel; supported kinds are BPE, Unigram and WordPiece");
        json(
                "{'model':{'vocab':{'[CLS]':0}}}",
                "The tokenizer @ is of the kind unknown; supported kinds are BPE, Unigram and WordPiece");
        json(
                "{'model':{'type':'BPE','vocab':{}}}",
                "The tokenizer @ lacks a vocabulary or merges (model.vocab," + " model.merges)");
        json("[]", "Cannot use @: it should hold a JSON object, but holds a JSON array");
        json("3", "Cannot use @: it should hold a JSON object, but holds a JSON number");
        json(" ", "Cannot use @: it should hold a JSON object, but holds nothing");
        json(
                "{'model':",
                "Cannot read @ as JSON: at line 1, column 10: Unexpected end-of-input within/between Object"
                        + " entries");
        json(
                MODEL + "{}",
                "Cannot use @: something follows its JSON object, at line 1, column 132: the end was expected");
    }

    /** Each differs from a file that is read in one thing. */
    private void partsOfTokenizerJson() throws IOException {
        part(
                "'model':{",
                "'model':{'dropout':0.1,",
                "@: model.dropout is 0.1, expected none: it makes tokens random, which only" + " training wants");
        part(
                "'model':{",
                "'model':{'smoothing':1,",
                "@: model.smoothing is an unknown key; known keys are byte_fallback,"
                        + " continuing_subword_prefix, dropout, end_of_word_suffix, fuse_unk, ignore_merges, type, unk_token");
        part(
                "'model':{",
                "'model':{'unk_token':'<unk>',",
                "@: model.unk_token is \"<unk>\", expected a token of the" + " vocabulary");
        part("'model':{", "'model':{'fuse_unk':1,", "@: model.fuse_unk is 1, expected true or false");
        part(
                "'model':{",
                "'model':{'continuing_subword_prefix':'#####',",
                "The merge \"d o\" of @ should have the prefix"
                        + " \"#####\" (continuing_subword_prefix) before its second token");
        part("'d':0", "'d':0,'d':7", "The vocabulary @ has the piece \"d\" twice");
        part("'d':0", "'d':-1", "The vocabulary @ gives \"d\" the impossible id -1");
        part("'d':0", "'d':2000000000", "The vocabulary @ gives \"d\" the impossible id 2000000000");
        part(
                "'d':0",
                "'d':99999999999",
                "The vocabulary @ should map every piece to a whole number, but \"d\" has 99999999999");
        part("'d':0", "'d':1", "The vocabulary @ gives the id 1 to two pieces, \"d\" and \"o\"");
        part("'d':0", "'d':[]", "The vocabulary @ should map every piece to a whole number, but \"d\" has [");
        part("'d o'", "'d o g'", "@: model.merges[0] is \"d o g\", expected two pieces, \"a b\" or [\"a\", \"b\"]");
        part("'d o'", "['d']", "@: model.merges[0] is no pair, expected two pieces, \"a b\" or [\"a\", \"b\"]");
        part(
                "'d o'",
                "'c a'",
                "The merges of @ do not belong to the vocabulary of @: \"c a\" needs the piece \"c\", which the"
                        + " vocabulary lacks");
        part("<|startoftext|>", "<s>", "The vocabulary @ has no <|startoftext|>: it is not one of a CLIP model");
        add("'version':'2.0'", "@: version is \"2.0\", expected \"1.0\"");
        add(
                "'extra':{}",
                "@: extra is an unknown key; known keys are added_tokens, decoder, model, normalizer, padding,"
                        + " post_processor, pre_tokenizer, truncation, version");
        add("'decoder':" + "[".repeat(40) + "]".repeat(40), "@: decoder has values nested more than 32 deep");
        add("'decoder':[1]", "@: decoder is a list, expected an object");
        add("'decoder':{},'decoder':{}", "@: decoder comes twice");
        add(
                "'normalizer':{'type':'Nmt'}",
                "@: normalizer.type is \"Nmt\", expected one of the supported kinds NFC, NFD, NFKC, NFKD, Lowercase,"
                        + " Replace, Strip, StripAccents, Prepend, Precompiled, BertNormalizer, Sequence");
        add(
                "'normalizer':{'type':'Sequence','normalizers':[{'type':'NFC'},{'type':'Strip','left':true}]}",
                "@:"
                        + " normalizer.normalizers[1].left is an unknown key; known keys are strip_left, strip_right, type");
        add(
                "'normalizer':{'type':'Replace','pattern':{'Regex':'(?<=a)b'},'content':''}",
                "@: normalizer.pattern: the regular"
                        + " expression \"(?<=a)b\" has a group with \"(?\" at position 0, which is not supported");
        add(
                "'normalizer':{'type':'Replace','pattern':{},'content':''}",
                "@: normalizer.pattern: either String or Regex is" + " needed");
        add(
                "'normalizer':{'type':'Replace','pattern':{'String':''},'content':''}",
                "@: normalizer.pattern.String is \"\"," + " expected at least one character");
        add(
                "'normalizer':{'type':'Prepend','prepend':'" + "x".repeat(101) + "'}",
                "@: normalizer.prepend is \"" + "x".repeat(59) + "…, expected at most 100 characters");
        String sequence = "{'type':'Sequence','normalizers':[";
        add(
                "'normalizer':" + sequence.repeat(3) + "]}".repeat(3),
                "@: normalizer.normalizers[0].normalizers[0]: sequences may" + " be nested at most 2 deep");
        add(
                "'pre_tokenizer':{'type':'UnicodeScripts'}",
                "@: pre_tokenizer.type is \"UnicodeScripts\", expected one of the supported"
                        + " kinds ByteLevel, Split, Whitespace, WhitespaceSplit, Digits, Punctuation, CharDelimiterSplit,"
                        + " Metaspace, BertPreTokenizer, Sequence");
        add(
                "'pre_tokenizer':{'type':'Split','pattern':{'String':' '},'behavior':'Merged','invert':false}",
                "@:"
                        + " pre_tokenizer.behavior is \"Merged\", expected one of Contiguous, Isolated, MergedWithNext,"
                        + " MergedWithPrevious, Removed");
        add(
                "'pre_tokenizer':{'type':'CharDelimiterSplit','delimiter':'ab'}",
                "@: pre_tokenizer.delimiter is \"ab\", expected" + " one character");
        String split = "{'type':'Split','pattern':{'Regex':'a'},'behavior':'Removed','invert':false},";
        add(
                "'pre_tokenizer':{'type':'Sequence','pretokenizers':["
                        + split.repeat(11).replaceFirst(",$", "") + "]}",
                "@: it has 11 regular expressions; the limit is 10");
        add("'pre_tokenizer':7", "@: pre_tokenizer is 7, expected an object");
        add(
                "'post_processor':{'type':'RobertaProcessing','sep':['dog',4],'cls':['cat',0]}",
                "@: post_processor: the token" + " \"cat\" is said to have the id 0, but the vocabulary lacks it");
        add(
                "'post_processor':{'type':'RobertaProcessing','sep':['dog',4],'cls':['do',0]}",
                "@: post_processor: the token" + " \"do\" is said to have the id 0, but it has 3");
        add(
                "'post_processor':{'type':'RobertaProcessing','sep':'dog','cls':['do',3]}",
                "@: post_processor.sep is \"dog\"," + " expected a token and its id");
        add(
                "'post_processor':{'type':'TemplateProcessing','single':[]}",
                "@: post_processor.single is a list, expected one" + " Sequence A");
        add(
                "'post_processor':{'type':'TemplateProcessing','single':[{'SpecialToken':{'id':'x','type_id':0}}],"
                        + "'special_tokens':{}}",
                "@: post_processor: special_tokens lacks the token \"x\"");
        add("'added_tokens':{}", "@: added_tokens is an object, expected a list of at most 20000 objects");
        add("'added_tokens':[3]", "@: added_tokens[0] is 3, expected an object");
        add("'added_tokens':[{'content':'x'}]", "@: added_tokens[0].id is missing, expected a whole number from 0 up");
        add("'added_tokens':[{'id':3}]", "@: added_tokens[0].content is missing, expected a text");
        add(
                "'added_tokens':[{'id':7,'content':''}]",
                "@: added_tokens[0].content is \"\", expected 1 to 256 characters");
        add(
                "'added_tokens':[{'id':7,'content':'x','bold':true}]",
                "@: added_tokens[0].bold is an unknown key; known keys are"
                        + " __type, content, id, lstrip, normalized, rstrip, single_word, special");
        add(
                "'added_tokens':[{'id':7,'content':'do'}]",
                "@: added_tokens[0].id is 7, expected 3, the id in model.vocab");
        String hundredfold = "{'type':'Replace','pattern':{'String':'x'},'content':'" + "x".repeat(100) + "'}";
        add(
                "'normalizer':{'type':'Sequence','normalizers':[" + hundredfold + "," + hundredfold + "]},"
                        + "'added_tokens':[{'id':7,'content':'x','normalized':true}]",
                "The normalizer makes 10000 characters of the added token \"x\"; the limit is 5000");
        add(
                "'added_tokens':[{'id':3,'content':'x'}]",
                "The vocabulary @ gives the id 3 to two pieces, \"do\" and \"x\"");
        add(
                "'added_tokens':[{'id':7,'content':'x'},{'id':8,'content':'x'}]",
                "The vocabulary @ has the piece \"x\" twice");
    }

    private void companions() throws IOException {
        companion(
                "tokenizer_config.json",
                "{'added_tokens_decoder':{'x':{'content':'y'}}}",
                "@: added_tokens_decoder: \"x\" is not an id");
        companion(
                "tokenizer_config.json",
                "{'added_tokens_decoder':{'9':{'content':'do'}}}",
                "@: added_tokens_decoder.9: the" + " token \"do\" has the id 9 here, but 3 in the vocabulary");
        companion(
                "special_tokens_map.json",
                "{'pad_token':{'lstrip':true}}",
                "@: pad_token.content is missing, expected a" + " text");
        companion("added_tokens.json", "{'<x>':'9'}", "@: <x> is \"9\", expected a whole number from 0 up");
        companion("added_tokens.json", "{'<x>':2147483647}", "@: the token \"<x>\" has the impossible id 2147483647");
        companion("added_tokens.json", "[]", "Cannot use @: it should hold a JSON object, but holds a JSON array");
    }

    /** Models other than BPE. */
    private void otherModels() throws IOException {
        json("{'model':{'type':'Unigram'}}", "The tokenizer @ lacks a list of pieces and scores (model.vocab)");
        json(
                "{'model':{'type':'Unigram','vocab':[['a',0],['b']]}}",
                "@: model.vocab[1] is no pair of a piece and its score");
        json("{'model':{'type':'Unigram','vocab':[3]}}", "@: model.vocab[0] is no pair of a piece and its score");
        json(
                "{'model':{'type':'Unigram','vocab':[['a','b']]}}",
                "@: model.vocab[0] is no pair of a piece and its score");
        json(
                "{'model':{'type':'Unigram','vocab':[['a',0,1]]}}",
                "@: model.vocab[0] is no pair of a piece and its score");
        json(
                "{'model':{'type':'Unigram','vocab':[['a',1e999]]}}",
                "@: model.vocab[0] is no pair of a piece and its score");
        json("{'model':{'type':'Unigram','vocab':[['a',0],['a',1]]}}", "The vocabulary @ has the piece \"a\" twice");
        json(
                "{'model':{'type':'Unigram','vocab':[['" + "a".repeat(257) + "',0]]}}",
                "The vocabulary @ has a piece of 257 characters; the limit is 256");
        json(
                "{'model':{'type':'Unigram','unk_id':1,'vocab':[['a',0]]}}",
                "@: model.unk_id is 1, expected the id of a piece, less than 1");
        json(
                "{'model':{'type':'Unigram','unk_token':'a','vocab':[['a',0]]}}",
                "@: model.unk_token is an unknown key; known keys are byte_fallback, type, unk_id");
        json("{'model':{'type':'WordPiece'}}", "The tokenizer @ lacks a vocabulary (model.vocab)");
        json("{'model':{'type':'WordPiece','vocab':{'a':0}}}", "@: model.unk_token is missing, expected a text");
        json(
                "{'model':{'type':'WordPiece','unk_token':'b','vocab':{'a':0}}}",
                "@: model.unk_token is \"b\", expected a token of the vocabulary");
        json(
                "{'model':{'type':'WordPiece','unk_token':'a','vocab':{'a':0},'max_input_chars_per_word':1001}}",
                "@: model.max_input_chars_per_word is 1001, expected at most 1000");
        json(
                "{'model':{'type':'WordPiece','unk_token':'a','vocab':{'a':0},'merges':['a b']}}",
                "The vocabulary @ has no <|startoftext|>: it is not one of a CLIP model");
    }

    /** Steps of models other than CLIP. */
    private void otherSteps() throws IOException {
        String map = "'normalizer':{'type':'Precompiled','precompiled_charsmap':";
        add(map + "7}", "@: normalizer.precompiled_charsmap is 7, expected a text");
        add(map + "'?'}", "@: normalizer.precompiled_charsmap is \"?\", expected Base64");
        add(map + "'AAAA'}", "@: normalizer: The character map of 3 bytes is damaged: its trie should have 0 bytes");
        add(
                map + "'CAAAAAAAAAA='}",
                "@: normalizer: The character map of 8 bytes is damaged: its trie should have 8 bytes");
        add(map + "'BAAAAAAAAAD/'}", "@: normalizer: The character map is damaged: its replacements are not UTF-8");
        add(
                "'normalizer':{'type':'BertNormalizer','lowercase':1}",
                "@: normalizer.lowercase is 1, expected true or false");
        add("'pre_tokenizer':{'type':'Metaspace'}", "@: pre_tokenizer.replacement is missing, expected a text");
        add(
                "'pre_tokenizer':{'type':'Metaspace','replacement':'__'}",
                "@: pre_tokenizer.replacement is \"__\", expected one character of Unicode's first plane");
        String metaspace = "{'type':'Metaspace','replacement':'_','prepend_scheme':";
        add(
                "'pre_tokenizer':" + metaspace + "'last'}",
                "@: pre_tokenizer.prepend_scheme is \"last\", expected \"always\", \"first\" or \"never\"");
        add(
                "'pre_tokenizer':" + metaspace + "'first','add_prefix_space':false}",
                "@: pre_tokenizer.prepend_scheme is \"first\", expected \"never\", as add_prefix_space is false");
        add(
                "'pre_tokenizer':{'type':'Sequence','pretokenizers':[{'type':'WhitespaceSplit'}," + metaspace
                        + "'first'}]}",
                "@: pre_tokenizer: a Metaspace with the prepend_scheme \"first\" is supported as the first step only");
    }

    /** Files of the classes of Transformers. */
    private void classes() throws IOException {
        companion(
                "tokenizer_config.json",
                "{'padding_side':'left'}",
                "@: padding_side is \"left\", expected \"right\"; other values are not supported");
        companion(
                "tokenizer_config.json",
                "{'sp_model_kwargs':{'alpha':0.1}}",
                "@: sp_model_kwargs is an object, expected {}; other values are not supported");
        companion("tokenizer_config.json", "{'tokenizer_class':7}", "@: tokenizer_class is 7, expected a text");
        companion("config.json", "{'model_type':[]}", "@: model_type is a list, expected a text");
        companion(
                "tokenizer_config.json",
                "{'tokenizer_class':'NllbTokenizer'}",
                "@: src_lang is missing, expected the code of a language in the vocabulary, such as eng_Latn");
        companion(
                "tokenizer_config.json",
                "{'tokenizer_class':'GemmaTokenizer','add_bos_token':1}",
                "@: add_bos_token is 1, expected true or false");
        Path folder = folder("bert-unknown");
        write(folder, "vocab.txt", "[CLS]\n[SEP]\na\n");
        add(
                "a vocab.txt without [UNK]",
                folder,
                "The unk_token \"[UNK]\" of the tokenizer in " + folder + " is not in its vocabulary");
        folder = folder("bert-twice");
        Path file = write(folder, "vocab.txt", "[CLS]\n[SEP]\na\na\n");
        add("a vocab.txt with a piece twice", folder, "The vocabulary " + file + " has the piece \"a\" twice");
        folder = folder("bert-empty");
        file = write(folder, "vocab.txt", "");
        add("an empty vocab.txt", folder, "The vocabulary " + file + " is empty");
    }

    private void sentencePieces() throws IOException {
        ProtobufBytes unknown = ProtobufBytes.piece("<unk>", 0, 2);
        sentencePiece("an empty file", new ProtobufBytes(), damaged("it has no unknown piece"));
        sentencePiece(
                "a field of an unknown type",
                new ProtobufBytes().message(1, new ProtobufBytes().number(1, 1)),
                damaged("the field 1 has an unexpected wire type"));
        sentencePiece(
                "a piece with an unknown field",
                new ProtobufBytes().message(1, new ProtobufBytes().number(9, 1)),
                damaged("a piece has the unknown field 9"));
        sentencePiece(
                "an empty piece",
                new ProtobufBytes().message(1, unknown).message(1, ProtobufBytes.piece("", 0, 1)),
                damaged("piece 1 is damaged"));
        sentencePiece(
                "a piece without a score",
                new ProtobufBytes().message(1, ProtobufBytes.piece("a", Float.NaN, 1)),
                damaged("piece 0 is damaged"));
        sentencePiece(
                "a piece of an unknown type",
                new ProtobufBytes().message(1, ProtobufBytes.piece("a", 0, 7)),
                damaged("piece 0 is damaged"));
        sentencePiece(
                "a piece that is not UTF-8",
                new ProtobufBytes().message(1, new ProtobufBytes().bytes(1, new byte[] {-1})),
                damaged("a text is not UTF-8"));
        sentencePiece(
                "two unknown pieces",
                new ProtobufBytes().message(1, unknown).message(1, ProtobufBytes.piece("?", 0, 2)),
                damaged("it has two unknown pieces"));
        sentencePiece(
                "a piece that comes twice",
                new ProtobufBytes().message(1, unknown).message(1, unknown),
                "The vocabulary @ has the piece \"<unk>\" twice");
        sentencePiece(
                "a damaged map",
                new ProtobufBytes().message(1, unknown).message(3, new ProtobufBytes().bytes(2, new byte[3])),
                damaged("The character map of 3 bytes is damaged: its trie should have 0 bytes"));
        sentencePiece(
                "words",
                new ProtobufBytes().message(1, unknown).message(2, new ProtobufBytes().number(3, 3)),
                "The SentencePiece model @ is of the type 3; supported are 1, unigram, and 2, BPE");
        sentencePiece(
                "spaces behind words",
                new ProtobufBytes().message(1, unknown).message(2, new ProtobufBytes().number(24, 1)),
                "The SentencePiece model @ puts spaces behind words (treat_whitespace_as_suffix), which is not"
                        + " supported");
        sentencePiece(
                "the other algorithm",
                new ProtobufBytes().message(1, unknown).message(2, new ProtobufBytes().number(3, 2)),
                "The SentencePiece model @ is of the type BPE, but a XLMRobertaTokenizer has UNIGRAM");
        Path file = folder("cut-message").resolve("sentencepiece.bpe.model");
        Files.write(file, Arrays.copyOf(new ProtobufBytes().message(1, unknown).toBytes(), 9));
        add(
                "a file that was cut off",
                file.getParent(),
                damaged("a field ends behind the end of the file").replace("@", file.toString()));
        file = folder("group").resolve("sentencepiece.bpe.model");
        Files.write(file, new byte[] {11});
        add(
                "a group",
                file.getParent(),
                damaged("a field has the unknown wire type 3").replace("@", file.toString()));
        file = folder("endless-number").resolve("sentencepiece.bpe.model");
        byte[] endless = new byte[20];
        Arrays.fill(endless, (byte) -1);
        Files.write(file, endless);
        add(
                "a number without end",
                file.getParent(),
                damaged("a number has more than 10 bytes").replace("@", file.toString()));
    }

    private static String damaged(String how) {
        return "Cannot read @ as a SentencePiece model: " + how;
    }

    private void sentencePiece(String name, ProtobufBytes model, String message) throws IOException {
        Path file = folder("sentence-piece-" + all.size()).resolve("sentencepiece.bpe.model");
        Files.write(file, model.toBytes());
        add(name, file.getParent(), message.replace("@", file.toString()));
    }

    private Path pair(String name, String vocab, String merges) throws IOException {
        Path folder = folder(name);
        write(folder, "vocab.json", vocab);
        write(folder, "merges.txt", merges);
        return folder;
    }

    private Path folder(String name) throws IOException {
        return Files.createDirectories(root.resolve(name));
    }

    /** Apostrophes stand for quotation marks. */
    private static Path write(Path folder, String name, String text) throws IOException {
        return Files.write(folder.resolve(name), text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    /** A tokenizer.json with this content; {@code @} stands for the file in the message. */
    private void json(String content, String message) throws IOException {
        Path folder = folder("tokenizer-" + all.size());
        Path file = write(folder, "tokenizer.json", content);
        add(content.substring(0, Math.min(80, content.length())), folder, message.replace("@", file.toString()));
    }

    /** A tokenizer.json in which one thing is another. */
    private void part(String good, String other, String message) throws IOException {
        json(MODEL.replace(good, other), message);
    }

    /** A tokenizer.json that has one thing more. */
    private void add(String more, String message) throws IOException {
        json(MODEL.substring(0, MODEL.length() - 1) + "," + more + "}", message);
    }

    /** A damaged file beside a good vocabulary. */
    private void companion(String name, String content, String message) throws IOException {
        Path folder = folder("companion-" + all.size());
        write(folder, "tokenizer.json", MODEL);
        Path file = write(folder, name, content);
        add(name + " " + content, folder, message.replace("@", file.toString()));
    }

    private void add(String name, Path path, String message) {
        all.add(new BadFile(name, path, message));
    }
}
