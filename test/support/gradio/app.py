"""The Gradio app that the tests talk to: one endpoint for each thing that an app can do. A second one asks for a login.

    python app.py PORT [LOGIN_PORT]

Prints "ready" when both answer. What ran, was cancelled and ended stands in the ledger, which is an endpoint too.
"""

import asyncio
import os
import sys
import threading
import time
import wave

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
os.environ.setdefault("HF_HUB_OFFLINE", "1")

import gradio as gr
import pandas as pd
from PIL import Image, ImageOps

ledger = []
under_way = 0
most_at_once = 0


def text(text, loud=False):
    return text.upper() if loud else text


def add(a, b):
    return a + b


def image(image):
    """The picture as it came, and mirrored: two values, as background removers give them."""
    mirrored = ImageOps.mirror(Image.open(image))
    path = os.path.join(os.path.dirname(image), "mirrored.png")
    mirrored.save(path)
    return image, path


def paint(prompt, height=64, width=64, seed=0):
    """A picture of the given size in a colour made of the prompt."""
    colour = sum(map(ord, prompt)) * 7919 % 0xFFFFFF
    path = os.path.join(folder(), "painted.png")
    Image.new("RGB", (int(width), int(height)), f"#{colour:06x}").save(path)
    return path, seed


def caption(image):
    """Words for a picture."""
    with Image.open(image) as picture:
        return f"{picture.width} x {picture.height}, {'#%02x%02x%02x' % picture.convert('RGB').getpixel((0, 0))}"


async def process_image(image, task_prompt, text_input, model_id):
    """As Florence-2 says it."""
    await asyncio.sleep(0.6)
    return f"{{'<DETAILED_CAPTION>': '{task_prompt} by {model_id}: {caption(image)}'}}", None


async def stream_chat(input_image):
    await asyncio.sleep(0.6)
    return f"A joyful {caption(input_image)}"


async def run_example(image):
    await asyncio.sleep(0.6)
    return caption(image)


def folder():
    path = os.path.join(os.environ.get("GRADIO_TEMP_DIR", "/tmp/millrace-gradio"), f"{time.monotonic_ns()}")
    os.makedirs(path, exist_ok=True)
    return path


def audio(seconds):
    path = os.path.join(folder(), "silence.wav")
    with wave.open(path, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(b"\0\0" * int(8000 * seconds))
    return path


def hear(audio):
    with wave.open(audio) as file:
        return file.getnframes() / file.getframerate()


def video(video):
    return video


def file(file):
    return file, os.path.basename(file), os.path.getsize(file)


def files(files):
    return files, [os.path.basename(one) for one in files]


def gallery(gallery):
    """The same pictures, with captions that count them."""
    return [(path, f"{caption or ''}{i + 1}") for i, (path, caption) in enumerate(gallery)]


def dataframe(table):
    table = table.copy()
    table["sum"] = table.sum(axis=1, numeric_only=True)
    return table


def chat(message, history):
    return "", [*history, {"role": "user", "content": message}, {"role": "assistant", "content": f"You said {message}."}]


def choose(one, several):
    return f"{one}: {', '.join(several)}"


def level(level):
    return level


def anything(value):
    return {"given": value, "empty": None}


def label(text):
    return {"long": min(1, len(text) / 10), "short": max(0, 1 - len(text) / 10)}


def html(text):
    return f"<b>{text}</b>"


def model3d(size):
    path = os.path.join(folder(), "point.obj")
    with open(path, "w") as file:
        file.write(f"v {size} {size} {size}\n")
    return path


def count(to, pause=0):
    """Each number in its turn, as text that grows."""
    said = ""
    for i in range(int(to)):
        time.sleep(pause)
        said += f"{i + 1} "
        yield said.strip(), i + 1


def frames(many):
    """A stream of pictures, each a file of its own."""
    for i in range(int(many)):
        path = os.path.join(folder(), f"frame-{i}.png")
        Image.new("RGB", (8 + i, 8)).save(path)
        yield path


def work(steps, progress=gr.Progress()):
    for i in progress.tqdm(range(int(steps)), desc="Working"):
        time.sleep(0.06)
    return f"{int(steps)} steps"


def fail(message):
    raise gr.Error(message)


def crash():
    raise ValueError("the secret of the house")


def warn(message):
    gr.Warning(message)
    gr.Info("For your information")
    return "done"


def warn_and_fail(message):
    gr.Warning(message)
    raise gr.Error("It could not go on.")


def remember(word, words):
    words = [*(words or []), word]
    return " ".join(words), words


def remember_slowly(word, words):
    time.sleep(0.6)
    return remember(word, words)


async def slow(seconds, name="slow"):
    """Takes its time, and writes down how it ended."""
    global under_way, most_at_once
    under_way += 1
    most_at_once = max(most_at_once, under_way)
    ledger.append(f"{name} began")
    try:
        await asyncio.sleep(seconds)
        ledger.append(f"{name} ended")
        return name
    except asyncio.CancelledError:
        ledger.append(f"{name} was cancelled")
        raise
    finally:
        under_way -= 1


async def drip(pause, name="drip"):
    """A generator without an end."""
    try:
        for i in range(100_000):
            await asyncio.sleep(pause)
            yield i
    finally:
        ledger.append(f"{name} stopped")


def ledger_of(clear=False):
    global most_at_once
    read = {"lines": list(ledger), "at_once": most_at_once}
    if clear:
        ledger.clear()
        most_at_once = under_way
    return read


def big(megabytes):
    path = os.path.join(folder(), "big.bin")
    with open(path, "wb") as file:
        for i in range(int(megabytes)):
            file.write(bytes([i % 256]) * 1_000_000)
    return path


def die():
    """The server ends in the middle of a job."""
    threading.Timer(0.3, lambda: os._exit(9)).start()
    time.sleep(60)


def app():
    with gr.Blocks(title="Everything", analytics_enabled=False) as blocks:
        state = gr.State([])

        def offer(function, inputs, outputs, **options):
            options.setdefault("api_name", function.__name__)
            # Else endpoints of one function share the smallest of their limits.
            options.setdefault("concurrency_id", options["api_name"])
            gr.Button(function.__name__).click(function, inputs, outputs, **options)

        offer(text, [gr.Textbox(label="Text"), gr.Checkbox(label="Loud", value=False)], gr.Textbox(label="Said"))
        offer(add, [gr.Number(label="A"), gr.Number(label="B", value=1)], gr.Number(label="Sum"))
        offer(image, gr.Image(type="filepath", label="Image"), [gr.Image(label="Original"), gr.Image(label="Final")])
        paints = [gr.Textbox(label="Prompt"), gr.Number(label="Height", value=64), gr.Number(label="Width", value=64), gr.Number(label="Seed", value=0)]
        offer(paint, paints, [gr.Image(label="Image"), gr.Number(label="Used seed")], concurrency_limit=8)
        gr.Button("generate").click(paint, paints, [gr.Image(), gr.Number()], api_name="generate_image", concurrency_limit=8)
        offer(caption, gr.Image(type="filepath", label="Image"), gr.Textbox(label="Caption"), concurrency_limit=8)
        florence = [gr.Image(type="filepath", label="Image"), gr.Textbox(label="Task"), gr.Textbox(label="Text"), gr.Textbox(label="Model")]
        offer(process_image, florence, [gr.Textbox(), gr.Image()], concurrency_limit=4)
        offer(stream_chat, gr.Image(type="filepath", label="Image"), gr.Textbox(), concurrency_limit=4)
        offer(run_example, gr.Image(type="filepath", label="Image"), gr.Textbox(), concurrency_limit=4)
        offer(audio, gr.Number(label="Seconds"), gr.Audio(label="Audio"))
        offer(hear, gr.Audio(type="filepath", label="Audio"), gr.Number(label="Seconds"))
        offer(video, gr.Video(label="Video"), gr.Video(label="Video"))
        offer(file, gr.File(label="File"), [gr.File(), gr.Textbox(), gr.Number()])
        offer(files, gr.File(label="Files", file_count="multiple"), [gr.File(file_count="multiple"), gr.JSON()])
        offer(gallery, gr.Gallery(label="Gallery", type="filepath"), gr.Gallery(label="Gallery"))
        offer(dataframe, gr.Dataframe(label="Table", headers=["a", "b"], datatype="number"), gr.Dataframe())
        offer(chat, [gr.Textbox(label="Message"), gr.Chatbot(label="History")], [gr.Textbox(), gr.Chatbot()])
        offer(choose, [gr.Dropdown(["red", "green"], label="One"), gr.Dropdown(["a", "b", "c"], multiselect=True, label="Several")], gr.Textbox())
        offer(level, gr.Dropdown([1, 2, 3], label="Level"), gr.Number())
        offer(anything, gr.JSON(label="Value"), gr.JSON())
        offer(label, gr.Textbox(label="Text"), gr.Label())
        offer(html, gr.Textbox(label="Text"), gr.HTML())
        offer(model3d, gr.Number(label="Size"), gr.Model3D())
        offer(count, [gr.Number(label="To"), gr.Number(label="Pause", value=0)], [gr.Textbox(), gr.Number()], concurrency_limit=8)
        offer(frames, gr.Number(label="Many"), gr.Image())
        offer(work, gr.Number(label="Steps"), gr.Textbox())
        offer(fail, gr.Textbox(label="Message"), gr.Textbox())
        offer(crash, None, gr.Textbox())
        offer(warn, gr.Textbox(label="Message"), gr.Textbox())
        offer(warn_and_fail, gr.Textbox(label="Message"), gr.Textbox())
        offer(text, [gr.Textbox(label="Text"), gr.Checkbox(label="Loud", value=False)], gr.Textbox(label="Said"), api_name="at_once", queue=False)
        offer(fail, gr.Textbox(label="Message"), gr.Textbox(), api_name="fail_at_once", queue=False)
        offer(remember, [gr.Textbox(label="Word"), state], [gr.Textbox(), state])
        offer(remember_slowly, [gr.Textbox(label="Word"), state], [gr.Textbox(), state])
        offer(slow, [gr.Number(label="Seconds"), gr.Textbox(label="Name", value="slow")], gr.Textbox(), concurrency_limit=16)
        offer(slow, [gr.Number(label="Seconds"), gr.Textbox(label="Name", value="slow")], gr.Textbox(), api_name="one_at_a_time", concurrency_limit=1)
        offer(drip, [gr.Number(label="Pause"), gr.Textbox(label="Name", value="drip")], gr.Number(), concurrency_limit=16)
        offer(ledger_of, gr.Checkbox(label="Clear", value=False), gr.JSON(), api_name="ledger", queue=False)
        offer(big, gr.Number(label="Megabytes"), gr.File())
        offer(die, None, gr.Textbox())
        offer(text, [gr.Textbox(label="Text"), gr.Checkbox(label="Loud", value=False)], gr.Textbox(), api_name="hidden", api_visibility="undocumented")
    return blocks


def guarded():
    with gr.Blocks(title="Guarded", analytics_enabled=False) as blocks:
        gr.Button("whisper").click(lambda text: f"psst: {text}", gr.Textbox(label="Text"), gr.Textbox(), api_name="whisper")
    return blocks


def serve(blocks, port, **options):
    blocks.queue(max_size=400, default_concurrency_limit=4).launch(
        server_name="127.0.0.1", server_port=int(port), quiet=True, prevent_thread_lock=True, ssr_mode=False,
        show_error=True, max_file_size="60mb", **options,
    )


if __name__ == "__main__":
    serve(app(), sys.argv[1])
    if len(sys.argv) > 2:
        serve(guarded(), sys.argv[2], auth=("miller", "grist"), auth_message="Millers only")
    print("ready", flush=True)
    threading.Event().wait()
