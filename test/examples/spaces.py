"""Two Spaces of the example Image to 3D, as they are seen from outside: the same endpoints with the same names, and quick."""
import sys
import gradio as gr
from PIL import Image


def image(image):
    final = Image.open(image).convert("RGBA")
    final.putalpha(200)
    return Image.open(image), final


def image_to_3d(image, ss_guidance_strength, ss_sampling_steps):
    width, height = Image.open(image).size
    return f"<p>{width}x{height}, {ss_guidance_strength}, {ss_sampling_steps}</p>"


with gr.Blocks() as remover:
    given = gr.Image(type="filepath")
    shown = [gr.Image(format="png"), gr.Image(format="png")]
    gr.Button().click(image, [given], shown, api_name="image")

with gr.Blocks() as trellis:
    asset = [gr.Image(type="filepath"), gr.Slider(0, 10, 7.5), gr.Slider(1, 50, 12, step=1)]
    gr.Button().click(image_to_3d, asset, [gr.HTML()], api_name="image_to_3d")

for app, port in zip([remover, trellis], map(int, sys.argv[1:])):
    app.launch(server_name="127.0.0.1", server_port=port, prevent_thread_lock=True, quiet=True)
print("ready", flush=True)
remover.block_thread()
