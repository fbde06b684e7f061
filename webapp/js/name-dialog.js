/** Asks the reader for a name. */
export class NameDialog {
  #dialog = document.getElementById("name-dialog");
  #name = document.getElementById("name");
  #problem = document.getElementById("name-problem");

  /** @param {(name: string) => Promise<string | undefined>} choose takes a name, or says what is wrong with it */
  constructor(choose) {
    document.getElementById("name-cancel").addEventListener("click", () => this.#dialog.close());
    document.getElementById("name-form").addEventListener("submit", async (event) => {
      event.preventDefault();
      const problem = await choose(this.#name.value);
      this.#problem.textContent = problem ?? "";
      if (problem) this.#name.focus();
      else this.#dialog.close();
    });
  }

  open(name) {
    this.#name.value = name;
    this.#problem.textContent = "";
    this.#dialog.showModal();
    this.#name.select();
  }
}
