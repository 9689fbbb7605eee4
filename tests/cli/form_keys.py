#!/usr/bin/python3
"""form_keys.py: fills in a form by the keyboard alone, in Chromium over the W3C WebDriver protocol.

  form_keys.py PAGE FOLDER TOKEN   the file that the form saves goes to FOLDER; says what was focused, what the page said, what the console did,
                                   and every address that was asked for, a line each
"""
import json
import os
import subprocess
import sys
import time
import urllib.request

TAB, RIGHT, ENTER, SPACE = "\ue004", "\ue014", "\ue007", " "


class Browser:
    def __init__(self, folder):
        self.driver = subprocess.Popen(["chromedriver", "--port=0"], stdout=subprocess.PIPE, text=True)
        port = next(line.split("port ")[1].strip(" .\n") for line in self.driver.stdout if "started successfully on port" in line)
        self.base = f"http://127.0.0.1:{port}"
        options = {"args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=900,1400"]}
        wanted = {"goog:chromeOptions": options, "goog:loggingPrefs": {"performance": "ALL", "browser": "ALL"}}
        self.base += "/session/" + self.call("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})["sessionId"]
        self.call("POST", "/chromium/send_command", {"cmd": "Browser.setDownloadBehavior", "params": {"behavior": "allow", "downloadPath": folder}})

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, method=method, data=data, headers={"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)["value"]

    def press(self, *keys):
        actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self.call("POST", "/actions", {"actions": [{"type": "key", "id": "keyboard", "actions": actions}]})

    def ask(self, script):
        return self.call("POST", "/execute/sync", {"script": script, "args": []})

    def log(self, kind):
        return [line["message"] for line in self.call("POST", "/se/log", {"type": kind})]

    def close(self):
        self.call("DELETE", "")
        self.driver.terminate()


def fill_in(browser):
    cleared = False
    while True:
        browser.press(TAB)
        focused = browser.ask("var a = document.activeElement; return a.type || a.tagName")
        print("focus", focused)
        if focused == "radio":
            browser.press(SPACE, RIGHT, RIGHT)
        elif focused == "checkbox":
            browser.press(SPACE)
        elif focused == "textarea":
            browser.press(*'Said "no", twice')
        elif focused == "button":  # comes once there is an answer to clear
            if not cleared:
                browser.press(ENTER)
                left, focused = browser.ask("return [document.querySelectorAll('input:checked').length, document.activeElement.type]")
                print("cleared: left", left, "then focus", focused)
                browser.press(SPACE, RIGHT, RIGHT)
                cleared = True
        elif focused == "submit":
            return browser.press(ENTER)
        elif focused != "text":
            sys.exit(f"the keyboard led to {focused}")


def main(page, folder, token):
    browser = Browser(folder)
    try:
        browser.call("POST", "/url", {"url": f"file://{page}#{token}"})
        fill_in(browser)
        for _ in range(100):
            if any(name.endswith(".csv") for name in os.listdir(folder)):
                break
            time.sleep(0.1)
        print("said", browser.ask("return document.getElementById('said').textContent"))
        print("then focus", browser.ask("return document.activeElement.id"))
        for line in browser.log("browser"):
            print("console", line)
        asked = {json.loads(line)["message"]["params"].get("request", {}).get("url") for line in browser.log("performance")}
        for address in sorted(asked - {None}):
            print("asked for", address.split("#")[0])
    finally:
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
